/* Holds a file open, as a virus scanner or a viewer does: hold.exe FILE MILLISECONDS
   Others may read it and may neither write, rename nor delete it. */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
int wmain(int count, wchar_t **given)
{
    HANDLE file;
    if (count != 3)
        return 2;
    file = CreateFileW(given[1], GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return 1;
    puts("held");
    fflush(stdout);
    Sleep((DWORD)wcstoul(given[2], NULL, 10));
    CloseHandle(file);
    return 0;
}
