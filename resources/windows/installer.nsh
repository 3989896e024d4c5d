; The program says that it opens avspark:// links when it starts; what is uninstalled takes that back.
!macro customUnInstall
  DeleteRegKey HKCU "Software\Classes\avspark"
!macroend
