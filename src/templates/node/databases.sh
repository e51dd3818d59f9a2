# shellcheck shell=bash
# A database and the role that owns it, for every system, in the one instance. Repeatable.

run_databases() {
  local text host port system database
  text=$(parameter settings/data)
  host=$(setting "$text" databaseHost)
  port=$(setting "$text" databasePort)
  [[ -n $host && -n $(setting "$text" masterSecret) ]] || die "the database is not there yet: $path/settings/data does not name it"
  as_master "$host" "$port" "$(setting "$text" masterSecret)"
  await_database "$host"
  while IFS='=' read -r system database; do
    if [[ -z $system ]]; then continue; fi
    make_database "$system" "$database"
    fields["databases"]+="${fields["databases"]:+ }$database"
  done < <(settings_below "$text" database.)
  rm -f "$PGPASSFILE"
}

# psql reads the master's password from a file of root, and believes only a server with Amazon's certificate.
as_master() {
  local master user password
  master=$(aws secretsmanager get-secret-value --secret-id "$3" --query SecretString --output text) || die "the secret of the database's master could not be read: $3"
  user=$(json_field "$master" username) || die "the secret of the database's master has no username"
  password=$(json_field "$master" password) || die "the secret of the database's master has no password"
  secret_values[master]=$password
  password=${password//\\/\\\\}
  export PGPASSFILE=$run/pgpass PGHOST=$1 PGPORT=${2:-5432} PGUSER=$user PGDATABASE=postgres PGCONNECT_TIMEOUT=10
  export PGSSLMODE=${SMART0DTE_SSLMODE:-verify-full} PGSSLROOTCERT=$certificates PGAPPNAME=smart0dte
  mkdir -p "$run"
  printf '*:*:*:%s:%s\n' "${user//:/\\:}" "${password//:/\\:}" | put_file "$PGPASSFILE"
}

await_database() {
  local problem tries=0
  problem=$(mktemp)
  until psql -X -q -A -t -c 'select 1' >/dev/null 2>"$problem" </dev/null; do
    tries=$((tries + 1))
    if ((tries >= 90)) || grep -qE 'password authentication failed|no pg_hba.conf entry|certificate verify failed' "$problem"; then
      die "the database $1 did not let the node in: $(redact "$(last_lines "$problem" 3)")"
    fi
    if ((tries % 6 == 1)); then report pending "the database $1 is not there yet: $(redact "$(last_lines "$problem" 1)")"; fi
    sleep 10
  done
  rm -f "$problem"
}

make_database() {
  local output
  read_secret "$1/generated#DATABASE_PASSWORD" || die "$why"
  [[ $secret =~ ^[A-Za-z0-9]{16,}$ ]] || die "DATABASE_PASSWORD in $folder/$1/generated is not 16 or more letters and digits"
  [[ $2 =~ ^[a-z_][a-z0-9_]{0,62}$ ]] || die "\"$2\" is no name for a database"
  output=$(mktemp)
  if ! {
    printf "\\set database %s\n\\set owner %s\n\\set password '%s'\n" "$2" "$2" "$secret"
    cat "$here/databases.sql"
  } | psql -X -q -v ON_ERROR_STOP=1 >"$output" 2>&1; then
    why="the database $2 could not be made: $(redact "$(last_lines "$output" 5)")"
    rm -f "$output"
    die "$why"
  fi
  rm -f "$output"
}
