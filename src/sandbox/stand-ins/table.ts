import type { StandIn } from "./context.ts"

/** Each is loaded when it is first wanted: a sandbox without machines needs none. */
export const STAND_INS: Readonly<Record<string, () => Promise<StandIn>>> = {
  aws: async () => (await import("./cloud/aws.ts")).aws,
  blkid: async () => (await import("./disks.ts")).blkid,
  chronyc: async () => (await import("./chronyc.ts")).chronyc,
  curl: async () => (await import("./web/curl.ts")).curl,
  dnf: async () => (await import("./packages.ts")).dnf,
  docker: async () => (await import("./docker/docker.ts")).docker,
  git: async () => (await import("./git.ts")).git,
  journalctl: async () => (await import("./systemd/journalctl.ts")).journalctl,
  lsblk: async () => (await import("./disks.ts")).lsblk,
  "mkfs.xfs": async () => (await import("./disks.ts")).mkfs,
  mount: async () => (await import("./disks.ts")).mount,
  mountpoint: async () => (await import("./disks.ts")).mountpoint,
  psql: async () => (await import("./psql/psql.ts")).psql,
  python3: async () => (await import("./probe/python3.ts")).python3,
  sha256sum: async () => (await import("./sha256sum.ts")).sha256sum,
  systemctl: async () => (await import("./systemd/systemctl.ts")).systemctl,
  umount: async () => (await import("./disks.ts")).umount,
}
