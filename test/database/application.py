"""Connects as the applications do, with the URL on standard input, and says what came of it."""

import asyncio
import sys

import redis
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine


async def database(url):
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1))
    async with engine.begin() as connection:
        await connection.execute(text("create table if not exists trading.orders (id int primary key)"))
        await connection.execute(text("insert into trading.orders values (1) on conflict do nothing"))
        answer = await connection.execute(
            text("select current_user, current_database(), ssl from pg_stat_ssl where pid = pg_backend_pid()")
        )
        user, name, encrypted = answer.one()
    await engine.dispose()
    print(user, name, "over TLS" if encrypted else "in clear text")


def cache(url):
    # Nobody the test has made is known to the machine's own certificates.
    client = redis.from_url(url, ssl_cert_reqs="none") if url.startswith("rediss:") else redis.from_url(url)
    client.set("seen", "yes")
    print(client.execute_command("ACL", "WHOAMI").decode(), client.get("seen").decode())


given = sys.stdin.read().strip()
try:
    asyncio.run(database(given)) if sys.argv[1] == "database" else cache(given)
except Exception as error:
    sys.exit(" ".join(str(error).split()))
