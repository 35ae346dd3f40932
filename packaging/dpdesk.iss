; The installer for Windows: for one user, without administrator's rights, and it leaves the
; records of the school alone when the program is removed.
; Compiled by Inno Setup with /DVersion=… after PyInstaller has filled dist\dpdesk.

#ifndef Version
  #error Say which version: ISCC /DVersion=1.2.3 packaging\dpdesk.iss
#endif

[Setup]
AppId={{6E2B6C0B-1F9E-4F0E-9B0B-0D8C5B0C7A11}
AppName=dpdesk
AppVersion={#Version}
AppPublisher=The dpdesk contributors
DefaultDirName={autopf}\dpdesk
DefaultGroupName=dpdesk
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\LICENSE
OutputDir=..\dist
OutputBaseFilename=dpdesk-{#Version}-setup
Compression=lzma2
SolidCompression=yes
; A running program holds the workspace open; ask for it to be closed first.
CloseApplications=yes

[Files]
Source: "..\dist\dpdesk\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs

[InstallDelete]
; Nothing of an older version may stay and be loaded by the newer one.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{autoprograms}\dpdesk"; Filename: "{app}\dpdesk.exe"
Name: "{autodesktop}\dpdesk"; Filename: "{app}\dpdesk.exe"; Tasks: desktop

[Tasks]
Name: desktop; Description: "Put dpdesk on the desktop"

[Run]
Filename: "{app}\dpdesk.exe"; Description: "Start dpdesk"; Flags: nowait postinstall skipifsilent
