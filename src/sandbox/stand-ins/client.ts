/**
 * The text of a command in a machine's folder: it tells the desk how it was called, and does what it is told.
 * Its input is sent only where it is asked for: a command that reads none must leave it to the next one.
 */
export const clientScript = (bash: string, port: number, token: string): string => `#!${bash}
LC_ALL=C
item() { body+="\${#1}:$1"; }
call() {
  local each input=$1
  body=
  item ${token}
  item "\${0##*/}"
  item "$PWD"
  shift
  item "$#"
  for each; do item "$each"; done
  item "$input"
  for each in $(compgen -e); do item "$each=\${!each}"; done
  exec 3<>/dev/tcp/127.0.0.1/${port} || exit 70
  printf '%s-:' "$body" >&3
  read -r code outputs errors <&3 || exit 137
}
call '' "$@"
if [[ $code == input ]]; then
  input=$(cat; printf x)
  call "=\${input%x}" "$@"
fi
text=
if ((outputs > 0)); then IFS= read -r -d '' -N "$outputs" text <&3; printf %s "$text"; fi
if ((errors > 0)); then IFS= read -r -d '' -N "$errors" text <&3; printf %s "$text" >&2; fi
exit "$code"
`
