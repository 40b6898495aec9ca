/** The shells that completion is written for. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof SHELLS)[number];

const BASH = `# Completion of attune for bash: eval "$(attune completion bash)"
_attune() {
  local line word
  COMPREPLY=()
  while IFS= read -r line; do
    printf -v word '%q' "\${line%%$'\\t'*}"
    COMPREPLY+=("$word")
  done < <(attune completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _attune attune`;

const ZSH = `#compdef attune
# Completion of attune for zsh: source <(attune completion zsh), after compinit
_attune() {
  local -a items
  local line name
  for line in "\${(@f)$(attune completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] || continue
    name=\${line%%$'\\t'*}
    items+=("\${name//:/\\\\:}:\${line#*$'\\t'}")
  done
  if (( $#items )); then _describe -t words attune items; else _files; fi
}
if [[ $funcstack[1] == _attune ]]; then _attune "$@"; else compdef _attune attune; fi`;

const FISH = `# Completion of attune for fish: attune completion fish | source
function __attune_words
  set -l before (commandline -opc)
  attune completion words -- $before[2..] (commandline -ct) 2>/dev/null
end
complete -c attune -n 'test (count (commandline -opc)) -lt 2' -f -a '(__attune_words)'
complete -c attune -n 'test (count (commandline -opc)) -ge 2' -a '(__attune_words)'`;

/** The script that teaches a shell to complete attune's commands, options, studies and samplers. */
export function completionScript(shell: Shell): string {
  return { bash: BASH, zsh: ZSH, fish: FISH }[shell];
}
