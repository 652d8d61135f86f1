/** `keyhole completion zsh`. */
export const zshScript = `#compdef keyhole
# zsh completion for keyhole; keyhole itself knows what fits, nothing typed is evaluated
_keyhole() {
  local -a lines candidates
  local line word
  lines=("\${(@f)$(keyhole internal-complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null </dev/null)}")
  for line in "\${lines[@]}"; do
    case $line in
      '') ;;
      :file) _files ;;
      :directory) _files -/ ;;
      *)
        word=\${line%%$'\\t'*}
        candidates+=("\${word//:/\\\\:}:\${line#*$'\\t'}")
        ;;
    esac
  done
  (( \${#candidates} )) && _describe keyhole candidates
}
if [[ $funcstack[1] == _keyhole ]]; then _keyhole "$@"; else compdef _keyhole keyhole; fi
`;
