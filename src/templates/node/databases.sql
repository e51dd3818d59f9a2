-- One system's database, run by the master of the instance, as often as one likes. The variables database, owner and
-- password come before it, on the same input.
\set VERBOSITY terse

-- The statement with the password is for no log. Where the master may not say so, RDS logs no statements unless asked.
do $$
begin
  perform set_config('log_statement', 'none', false);
  perform set_config('log_min_error_statement', 'panic', false);
  perform set_config('log_min_duration_statement', '-1', false);
exception when insufficient_privilege then
  null;
end
$$;

select format('create role %I login', :'owner')
where not exists (select from pg_roles where rolname = :'owner') \gexec
select format('alter role %I login password %L', :'owner', :'password') \gexec

-- Who gives a database to another must be one of them; on RDS the master is no superuser.
select format('grant %I to %I', :'owner', current_user)
where not pg_has_role(current_user, :'owner', 'member') \gexec

select format('create database %I owner %I', :'database', :'owner')
where not exists (select from pg_database where datname = :'database') \gexec
alter database :"database" owner to :"owner";

-- Otherwise each system's role could enter the other's database.
revoke connect, temporary on database :"database" from public;

\connect :"database"
create schema if not exists trading authorization :"owner";
create schema if not exists analytics authorization :"owner";
create schema if not exists reporting authorization :"owner";
alter schema trading owner to :"owner";
alter schema analytics owner to :"owner";
alter schema reporting owner to :"owner";
