# bash completion for keyhole; keyhole itself knows what fits, nothing typed is evaluated
_keyhole() {
  local word line current= previous= words=()
  for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
    # bash breaks --name=value into three words
    if [[ $word == = && $previous == --* ]]; then current= previous=; continue; fi
    word=${word//\\/} word=${word#[\"\']}
    words+=("$word") current=$word previous=$word
  done
  [[ ${COMP_WORDS[COMP_CWORD]} == = ]] && words+=("")
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :file) while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current") ;;
      :directory) while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -d -- "$current") ;;
      *) COMPREPLY+=("${line%%$'\t'*}") ;;
    esac
  done < <(keyhole internal-complete -- "${words[@]}" 2>/dev/null </dev/null)
  # readline quotes what needs it (absent from the bash 3.2 of macOS)
  if type compopt >/dev/null 2>&1; then compopt -o filenames; fi
}
complete -F _keyhole keyhole
