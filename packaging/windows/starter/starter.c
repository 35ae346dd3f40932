/* Starts dpdesk inside this process, with the CPython that lies beside it.

   Built twice: for the window, and for commands at a terminal (COMMAND). The folder of the program is
   the one that this file lies in, or the one that current.txt beside it names: so a new version is
   installed beside the old one, and one small file switches from the one to the other.

   Of Python only Py_Main is asked, by its name: nothing of the compiler goes between them. */

#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

#define LONGEST 32768
#define NAME 120

typedef int (*MainOfPython)(int, wchar_t **);

static wchar_t here[LONGEST], program[LONGEST], path[LONGEST];

static int fail(const wchar_t *sentence)
{
    static wchar_t text[LONGEST + 1024];
    _snwprintf(text, sizeof text / sizeof *text - 1,
               L"dpdesk cannot start: %ls\n\nInstall dpdesk again. Your records are kept apart from "
               L"the program and are not touched.", sentence);
#ifdef COMMAND
    fwprintf(stderr, L"%ls\n", text);
#else
    MessageBoxW(NULL, text, L"dpdesk", MB_ICONERROR);
#endif
    return 1;
}

static BOOL is_file(const wchar_t *folder, const wchar_t *name)
{
    DWORD kind;
    _snwprintf(path, LONGEST - 1, L"%ls\\%ls", folder, name);
    kind = GetFileAttributesW(path);
    return kind != INVALID_FILE_ATTRIBUTES && !(kind & FILE_ATTRIBUTE_DIRECTORY);
}

/* The folder of the program that current.txt names: one line of letters, digits, dots and dashes. */
static BOOL find_current(void)
{
    char name[NAME + 1];
    DWORD length = 0, each;
    HANDLE file;
    _snwprintf(path, LONGEST - 1, L"%ls\\current.txt", here);
    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                       0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return FALSE;
    if (!ReadFile(file, name, NAME, &length, NULL))
        length = 0;
    CloseHandle(file);
    for (each = 0; each < length; each++) {
        char sign = name[each];
        if (sign == '\r' || sign == '\n')
            break;
        if (!(sign == '.' || sign == '-' || (sign >= '0' && sign <= '9') ||
              (sign >= 'a' && sign <= 'z')))
            return FALSE;
    }
    name[each] = 0;
    if (!each || name[0] == '.')
        return FALSE;
    _snwprintf(program, LONGEST - 1, L"%ls\\%hs", here, name);
    return is_file(program, PYTHON);
}

/* Whatever ends this process before dpdesk itself could say why, be it Python, a part that is missing
   or one that a virus scanner took away: nobody who clicked is left without a word. start.py says at
   the end that there is nothing left to be told. */
#ifndef COMMAND
static void __cdecl at_the_end(void)
{
    static BOOL asked;
    if (!asked && !GetEnvironmentVariableW(L"DPDESK_TOLD", NULL, 0))
        fail(L"a part of it is missing, or a virus scanner holds it back.");
    asked = TRUE;
}

typedef int (__cdecl *AtExit)(void (__cdecl *)(void));

/* Python may end the process by the exit of its own C library, so the word is left there. */
static void see_the_end(void)
{
    HMODULE library = GetModuleHandleW(L"ucrtbase.dll");
    AtExit leave = library ? (AtExit)(void *)GetProcAddress(library, "_crt_atexit") : NULL;
    if (leave)
        leave(at_the_end);
}
#endif

static int start(int count, wchar_t **given)
{
    wchar_t *end, **told;
    HMODULE python;
    MainOfPython run;
    int each;

    if (!GetModuleFileNameW(NULL, here, LONGEST - 1) || !(end = wcsrchr(here, L'\\')))
        return fail(L"Windows does not say where it is.");
    *end = 0;
    if (is_file(here, PYTHON))
        wcscpy(program, here);
    else if (!find_current())
        return fail(L"a part of it is missing.");

    /* On a stick the records and settings lie beside the program. */
    if (is_file(here, L"portable.txt") && !GetEnvironmentVariableW(L"DPDESK_HOME", NULL, 0)) {
        _snwprintf(path, LONGEST - 1, L"%ls\\records", here);
        SetEnvironmentVariableW(L"DPDESK_HOME", path);
    }

    /* While this is there, dpdesk is running: the installer looks. It goes with the process. */
    CreateMutexW(NULL, FALSE, L"Local\\dpdesk-is-running");

    SetEnvironmentVariableW(L"DPDESK_TOLD", NULL);
    SetDllDirectoryW(L"");  /* never a library from the folder that one happens to be in */
    _snwprintf(path, LONGEST - 1, L"%ls\\%ls", program, PYTHON);
    python = LoadLibraryExW(path, NULL,
                            LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32);
    if (!python)
        return fail(L"Windows could not load Python. It may be held back by a virus scanner.");
    run = (MainOfPython)(void *)GetProcAddress(python, "Py_Main");
    if (!run)
        return fail(L"its Python is another than it should be.");

    told = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof *told * (count + 2));
    if (!told)
        return fail(L"there is too little memory.");
    _snwprintf(path, LONGEST - 1, L"%ls\\start.py", program);
    told[0] = given[0];
    told[1] = path;
    for (each = 1; each < count; each++)
        told[each + 1] = given[each];
#ifdef COMMAND
    return run(count + 1, told);
#else
    see_the_end();
    each = run(count + 1, told);
    at_the_end();
    return each;
#endif
}

#ifdef COMMAND
int wmain(int count, wchar_t **given)
{
    return start(count, given);
}
#else
int WINAPI wWinMain(HINSTANCE own, HINSTANCE before, wchar_t *line, int show)
{
    (void)own; (void)before; (void)line; (void)show;
    return start(__argc, __wargv);
}
#endif
