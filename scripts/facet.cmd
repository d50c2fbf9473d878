@echo off
rem One command for people on Windows: see scripts/facet, whose twin this is.
setlocal EnableDelayedExpansion
set "HOME_DIR=%~dp0.."
set "DJL_OFFLINE=true"
set "OPT_OUT_TRACKING=true"
if defined JAVA_HOME (set "JAVA=%JAVA_HOME%\bin\java.exe") else (set "JAVA=java")

set "COMMAND=%~1"
if "%COMMAND%"=="" goto root
if "%COMMAND%"=="-h" goto root
if "%COMMAND%"=="--help" goto root
if "%COMMAND%"=="help" goto root
if "%COMMAND%"=="-V" goto root
if "%COMMAND%"=="--version" goto root
if "%COMMAND%"=="completion" goto root

set "MODULE="
set "SHARED="
for /f "usebackq eol=# tokens=1,2,3" %%a in ("%HOME_DIR%\scripts\commands.txt") do if "%%a"=="%COMMAND%" (
  if "%%c"=="" set "MODULE=%%b"
  if not "%%c"=="" set "SHARED=yes"
  if not "%%c"=="" if "%%b"=="%~2" set "MODULE=%%c"
)
if "%MODULE%"=="" if defined SHARED goto root
if "%MODULE%"=="" (
  echo facet: unknown command "%COMMAND%"; see: facet --help 1>&2
  exit /b 2
)

set "DEVICE=auto"
set "PREVIOUS="
for %%a in (%*) do (
  if "%%~a"=="--checkpoint" if "%COMMAND%"=="evaluate" set "MODULE=train"
  if "!PREVIOUS!"=="--device" set "DEVICE=%%~a"
  set "PREVIOUS=%%~a"
)

call :lib %MODULE%
if errorlevel 1 exit /b 1
set "CLASSPATH_=%LIB%\common\*"
set "HEAP=1g"
set "ON_FULL_HEAP=-XX:+ExitOnOutOfMemoryError"
if "%COMMAND%"=="serve" set "ON_FULL_HEAP="
if "%MODULE%"=="serve" (
  set "CLASSPATH_=%CLASSPATH_%;%LIB%\ort-cpu\*"
  set "MAIN=ai.facet.serve.ServeMain"
) else (
  if "%MODULE%"=="export" set "DEVICE=cpu"
  if not defined FACET_CACHE set "FACET_CACHE=%USERPROFILE%\.cache\facet"
  if not defined PYTORCH_LIBRARY_PATH if exist "!FACET_CACHE!\natives\torch-cuda\COMPLETE" set "PYTORCH_LIBRARY_PATH=!FACET_CACHE!\natives\torch-cuda\lib"
  if defined PYTORCH_LIBRARY_PATH if not "!DEVICE!"=="cpu" goto cuda
  set "PYTORCH_LIBRARY_PATH="
  set "PYTORCH_VERSION="
  set "PYTORCH_FLAVOR="
  set "CLASSPATH_=!CLASSPATH_!;%LIB%\torch-cpu\*"
  goto natives_done
)
goto natives_done
:cuda
if not defined PYTORCH_VERSION set "PYTORCH_VERSION=2.7.1"
if not defined PYTORCH_FLAVOR set "PYTORCH_FLAVOR=cu128"
:natives_done
if "%MODULE%"=="train" set "MAIN=ai.facet.train.TrainMain"
if "%MODULE%"=="export" (
  set "CLASSPATH_=%CLASSPATH_%;%LIB%\ort-cpu\*"
  set "MAIN=ai.facet.export.ExportMain"
)
if defined FACET_CLASSPATH if not "%MODULE%"=="serve" set "CLASSPATH_=%CLASSPATH_%;%FACET_CLASSPATH%"
if defined FACET_HEAP set "HEAP=%FACET_HEAP%"
"%JAVA%" -Xmx%HEAP% -Dfile.encoding=UTF-8 -Djava.awt.headless=true %ON_FULL_HEAP% %FACET_JAVA_OPTS% -cp "%CLASSPATH_%" %MAIN% %*
exit /b %ERRORLEVEL%

:root
call :lib train
if errorlevel 1 exit /b 1
set "ALL=%LIB%\common\*"
call :lib export
set "ALL=%ALL%;%LIB%\common\*"
call :lib serve
set "ALL=%ALL%;%LIB%\common\*"
"%JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "%ALL%" ai.facet.cli.RootCommand %*
exit /b %ERRORLEVEL%

:lib
set "LIB=%HOME_DIR%\%1\target\dist\lib"
if exist "%LIB%\common" exit /b 0
set "LIB=%HOME_DIR%\%1\lib"
if exist "%LIB%\common" exit /b 0
echo facet: module %1 is not built. Run: mvn -DskipTests package 1>&2
exit /b 1
