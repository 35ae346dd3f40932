; The installer for Windows: for one user, without any rights of an administrator.
;
; A new version is put beside the one that is there, tried, and only then becomes the one that starts
; (current.txt). The version before stays until the new one has opened the records. Nothing in here
; touches the records, which lie elsewhere.
;
;   /S          asks nothing and shows nothing
;   /PORTABLE   into the folder of /D= and nowhere else: no menu, no entry among the programs
;   /D=FOLDER   where to, as the last word, without quotes
;
; Exit codes: 0 done, 1 cancelled, 2 not possible here, 3 the new version failed its self-test; what
; failed is then said in %TEMP%\dpdesk-self-test.txt.
; files.nsh is written by the build: what there is to unpack.

Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
ManifestLongPathAware true
RequestExecutionLevel user
!ifdef QUICK
  SetCompressor zlib  ; for trials: larger, and made in seconds
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
SetDateSave off
CRCCheck force

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WordFunc.nsh
!include WinVer.nsh

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\dpdesk"
!define RECORDS "Your records are not touched. They are in $LOCALAPPDATA\dpdesk, unless you chose another folder."

Name "dpdesk"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\dpdesk"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
AllowRootDirInstall true  ; a portable program at the top of a stick is updated there
BrandingText "dpdesk ${VERSION}"

VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=2057 "ProductName" "dpdesk"
VIAddVersionKey /LANG=2057 "CompanyName" "The dpdesk contributors"
VIAddVersionKey /LANG=2057 "FileDescription" "Installs dpdesk, the data protection desk"
VIAddVersionKey /LANG=2057 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2057 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2057 "LegalCopyright" "The dpdesk contributors. MIT licence."

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${WIZARD}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "Install dpdesk ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "dpdesk is installed for you alone, and needs no administrator.$\r$\n$\r$\nIf it is installed already, the version that you have stays until the new one has proved that it works on this computer. Your records are not touched.$\r$\n$\r$\nThis takes about two minutes."
!define MUI_FINISHPAGE_TITLE "dpdesk ${VERSION} is installed"
!define MUI_FINISHPAGE_TEXT "You find it in the Start menu.$\r$\n$\r$\nIf dpdesk is open, close it and start it again to use the new version."
!define MUI_FINISHPAGE_RUN "$INSTDIR\dpdesk.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Start dpdesk"
!define MUI_FINISHPAGE_SHOWREADME
!define MUI_FINISHPAGE_SHOWREADME_NOTCHECKED
!define MUI_FINISHPAGE_SHOWREADME_TEXT "Put an icon on the desktop"
!define MUI_FINISHPAGE_SHOWREADME_FUNCTION OnDesktop
!define MUI_UNCONFIRMPAGE_TEXT_TOP "dpdesk is removed from this computer. ${RECORDS}"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Var Portable

; ------------------------------------------------------------------------------------- both ways

!macro BothWays un

; Whether dpdesk runs: "1" on the stack, or "0".
Function ${un}IsRunning
  System::Call 'kernel32::OpenMutexW(i 0x100000, i 0, w "Local\dpdesk-is-running") p .r0'
  ${If} $0 P= 0
    Push "0"
  ${Else}
    System::Call 'kernel32::CloseHandle(p r0)'
    Push "1"
  ${EndIf}
FunctionEnd

; Two of these at once would take each other's files for faults: the second one stops.
Function ${un}OnlyOne
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "Local\dpdesk-is-being-installed") p .r0 ?e'
  Pop $1
  ${If} $1 = 183
    MessageBox MB_ICONEXCLAMATION "dpdesk is being installed or removed already. Look for the other window, or wait a few minutes." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

; Waits until dpdesk is closed: asks, or gives it two minutes where nobody can be asked.
Function ${un}WaitClosed
  StrCpy $R9 0
  ${Do}
    Call ${un}IsRunning
    Pop $R8
    ${If} $R8 == "0"
      Return
    ${EndIf}
    ${If} ${Silent}
      IntOp $R9 $R9 + 1
      ${If} $R9 > 120
        SetErrorLevel 2
        Quit
      ${EndIf}
      Sleep 1000
    ${Else}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "dpdesk is open. Close it, so that it saves what you were doing; then choose Retry." IDRETRY +3
      SetErrorLevel 1
      Quit
    ${EndIf}
  ${Loop}
FunctionEnd

; Removes one version, whose folder is on the stack: what its own list names, and nothing else.
Function ${un}RemoveVersion
  Exch $R0
  Push $R1
  Push $R2
  Push $R3
  ClearErrors
  FileOpen $R1 "$R0\files.txt" r
  ${IfNot} ${Errors}
    ${Do}
      ClearErrors
      FileRead $R1 $R2
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      ${Do}
        StrCpy $R3 $R2 1 -1
        ${If} $R3 == "$\n"
        ${OrIf} $R3 == "$\r"
          StrCpy $R2 $R2 -1
        ${Else}
          ${ExitDo}
        ${EndIf}
      ${Loop}
      StrCpy $R3 $R2 1
      StrCpy $R2 $R2 1024 65
      ${If} $R2 != ""
        ${If} $R3 == "-"
          RMDir "$R0\$R2"
        ${Else}
          Delete "$R0\$R2"
        ${EndIf}
      ${EndIf}
    ${Loop}
    FileClose $R1
    Delete "$R0\files.txt"
    RMDir "$R0"
  ${EndIf}
  Pop $R3
  Pop $R2
  Pop $R1
  Pop $R0
FunctionEnd

!macroend

!insertmacro BothWays ""
!insertmacro BothWays "un."

; --------------------------------------------------------------------------------------- install

Function un.onInit
  Call un.OnlyOne
FunctionEnd

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_ICONSTOP "dpdesk needs Windows 10 or 11." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  ReadRegStr $0 HKLM "SOFTWARE\Microsoft\Windows NT\CurrentVersion" "CurrentBuildNumber"
  ${If} $0 < 17763
    MessageBox MB_ICONSTOP "dpdesk needs Windows 10 of 2018 or newer (version 1809). This one is older: ask for its updates." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  StrCpy $Portable ""
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/PORTABLE" $1
  ${IfNot} ${Errors}
    StrCpy $Portable "1"
  ${EndIf}
  Call OnlyOne
  Call NotOlder
FunctionEnd

; Older versions cannot read what newer ones have written: the one that is here must not be newer.
Function NotOlder
  Call Current
  Pop $R5
  ${WordFind} "$R5" "-" "+2" $R6  ; app-0.2.0-…
  ${VersionCompare} "$R6" "${VERSION}" $R7
  ${If} $R5 != ""
  ${AndIf} $R7 = 1
    MessageBox MB_ICONSTOP "You have version $R6 of dpdesk, and this is version ${VERSION}, which is older. It could not read your records.$\r$\n$\r$\nNothing was changed." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

; The folder that starts now, on the stack; empty where there is none.
Function Current
  Push $R0
  StrCpy $R0 ""
  ClearErrors
  FileOpen $R1 "$INSTDIR\current.txt" r
  ${IfNot} ${Errors}
    FileRead $R1 $R0
    FileClose $R1
    ${Do}
      StrCpy $R1 $R0 1 -1
      ${If} $R1 == "$\n"
      ${OrIf} $R1 == "$\r"
        StrCpy $R0 $R0 -1
      ${Else}
        ${ExitDo}
      ${EndIf}
    ${Loop}
  ${EndIf}
  Exch $R0
FunctionEnd

Function OnDesktop
  SetOutPath "$DOCUMENTS"
  CreateShortcut "$DESKTOP\dpdesk.lnk" "$INSTDIR\dpdesk.exe"
FunctionEnd

; Puts a starter in place; one that is running can be renamed, but not deleted. The new one is whole
; before the old one goes.
!macro Starter name
  ClearErrors
  CopyFiles /SILENT "$INSTDIR\${APP}\${name}.exe" "$INSTDIR\${name}.new.exe"
  ${If} ${Errors}
    Delete "$INSTDIR\${name}.new.exe"
    !insertmacro GiveUp 2 "The new version could not take the place of the one before. The disk may be full."
  ${EndIf}
  Delete "$INSTDIR\${name}.old.exe"
  ClearErrors
  Delete "$INSTDIR\${name}.exe"
  ${If} ${Errors}
    Rename "$INSTDIR\${name}.exe" "$INSTDIR\${name}.old.exe"
  ${EndIf}
  Rename "$INSTDIR\${name}.new.exe" "$INSTDIR\${name}.exe"
  Delete "$INSTDIR\${name}.new.exe"  ; where an older one still runs, which starts the new version too
!macroend

; What was put there for nothing goes again, and the version before stays as it was. The same version
; put over itself is the one that starts, and stays.
!macro GiveUp code sentence
  ${If} $R5 == "${APP}"
    MessageBox MB_ICONSTOP "${sentence}$\r$\n$\r$\nThe version that you have is the same, and stays. Free some space or close other programs, then open this again. ${RECORDS}" /SD IDOK
    SetErrorLevel ${code}
    Quit
  ${EndIf}
  SetOutPath "$TEMP"  ; a folder that one is in cannot be removed
  Push "$INSTDIR\${APP}"
  Call RemoveVersion
  RMDir "$INSTDIR"  ; only where nothing was there before
  MessageBox MB_ICONSTOP "${sentence}$\r$\n$\r$\nNothing was changed. ${RECORDS}" /SD IDOK
  SetErrorLevel ${code}
  Quit
!macroend

Section "dpdesk"
  Call Current
  Pop $R5
  ${If} $R5 == "${APP}"
    Call WaitClosed  ; the same version is put over itself
  ${EndIf}

  DetailPrint "Unpacking the program"
  SetDetailsPrint none
  ClearErrors
  SetOverwrite try
  !include "${FILES}"
  SetDetailsPrint both
  ${If} ${Errors}
    !insertmacro GiveUp 2 "The program could not be unpacked. The disk may be full, or a virus scanner may hold a file."
  ${EndIf}

  DetailPrint "Trying the new version on this computer; this takes about a minute"
  nsExec::ExecToStack '"$INSTDIR\${APP}\dpdesk-command.exe" self-test --faults-only'
  Pop $0
  Pop $1
  ${If} $0 != "0"
    FileOpen $2 "$TEMP\dpdesk-self-test.txt" w  ; for whoever installs in silence
    FileWrite $2 $1
    FileClose $2
    ${If} $R5 == "${APP}"
      MessageBox MB_ICONSTOP "dpdesk does not work on this computer as it is now: its self-test failed.$\r$\n$\r$\n$1$\r$\n${RECORDS}" /SD IDOK
      SetErrorLevel 3
      Quit
    ${EndIf}
    !insertmacro GiveUp 3 "The new version does not work on this computer: its self-test failed.$\r$\n$\r$\n$1"
  ${EndIf}

  DetailPrint "Switching to the new version"
  !insertmacro Starter "dpdesk"
  !insertmacro Starter "dpdesk-command"
  FileOpen $1 "$INSTDIR\current.new" w
  FileWrite $1 "${APP}$\r$\n"
  FileClose $1
  System::Call 'kernel32::MoveFileExW(w "$INSTDIR\current.new", w "$INSTDIR\current.txt", i 9) i .r0'
  ${If} $0 = 0
    Delete "$INSTDIR\current.new"
    !insertmacro GiveUp 2 "The new version could not take the place of the one before."
  ${EndIf}
  SetOutPath "$INSTDIR"  ; until here nobody can rename the folder of the new version

  ; The version before stays until the new one has opened the records; older ones go now.
  FindFirst $0 $1 "$INSTDIR\app-*"
  ${DoWhile} $1 != ""
    ${If} $1 != "${APP}"
    ${AndIf} $1 != $R5
      Push "$INSTDIR\$1"
      Call RemoveVersion
    ${EndIf}
    FindNext $0 $1
  ${Loop}
  FindClose $0

  ${If} $Portable == ""
    FileOpen $1 "$INSTDIR\installed.txt" w
    FileWrite $1 "setup$\r$\n"
    FileClose $1
    WriteUninstaller "$INSTDIR\uninstall.exe"
    SetOutPath "$DOCUMENTS"  ; where dialogs begin that have nothing better
    CreateShortcut "$SMPROGRAMS\dpdesk.lnk" "$INSTDIR\dpdesk.exe"
    ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
    WriteRegStr HKCU "${KEY}" "DisplayName" "dpdesk"
    WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\dpdesk.exe"
    WriteRegStr HKCU "${KEY}" "Publisher" "The dpdesk contributors"
    WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
    WriteRegDWORD HKCU "${KEY}" "NoModify" 1
    WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${EndIf}
SectionEnd

; ---------------------------------------------------------------------------------------- remove

Section "Uninstall"
  Call un.WaitClosed
  FindFirst $0 $1 "$INSTDIR\app-*"
  ${DoWhile} $1 != ""
    Push "$INSTDIR\$1"
    Call un.RemoveVersion
    FindNext $0 $1
  ${Loop}
  FindClose $0
  Delete "$INSTDIR\dpdesk.exe"
  Delete "$INSTDIR\dpdesk-command.exe"
  Delete "$INSTDIR\dpdesk.old.exe"
  Delete "$INSTDIR\dpdesk.new.exe"
  Delete "$INSTDIR\dpdesk-command.old.exe"
  Delete "$INSTDIR\dpdesk-command.new.exe"
  Delete "$INSTDIR\updates\dpdesk-*-setup.exe"  ; where the computer went off during an update
  RMDir "$INSTDIR\updates"
  Delete "$INSTDIR\current.txt"
  Delete "$INSTDIR\current.new"
  Delete "$INSTDIR\installed.txt"
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"  ; only if nobody keeps anything else there
  Delete "$SMPROGRAMS\dpdesk.lnk"
  Delete "$DESKTOP\dpdesk.lnk"
  DeleteRegKey HKCU "${KEY}"
  MessageBox MB_ICONINFORMATION "dpdesk is removed. ${RECORDS}" /SD IDOK
SectionEnd
