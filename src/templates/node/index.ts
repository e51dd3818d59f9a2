import askpassSh from "./askpass.sh"
import checkoutSh from "./checkout.sh"
import cloudwatchAgentJson from "./cloudwatch-agent.json" with { type: "json" }
import composeSh from "./compose.sh"
import databasesSh from "./databases.sh"
import databasesSql from "./databases.sql"
import healthSh from "./health.sh"
import imagesSh from "./images.sh"
import influxComposeYaml from "./influx.compose.yaml"
import influxSh from "./influx.sh"
import nodeSh from "./node.sh"
import onceSh from "./once.sh"
import pinnedEnv from "./pinned.env"
import placeSh from "./place.sh"
import removeSh from "./remove.sh"
import reportSh from "./report.sh"
import secretsSh from "./secrets.sh"
import settingsSh from "./settings.sh"
import setupSh from "./setup.sh"
import smart0dteHealthService from "./smart0dte-health.service"
import smart0dteHealthTimer from "./smart0dte-health.timer"
import smart0dteSystemService from "./smart0dte-system@.service"
import systemSh from "./system.sh"
import textSh from "./text.sh"
import versionsSh from "./versions.sh"

/** All that a node runs of ours, by the name that it has there. */
export const nodeFiles: Readonly<Record<string, string>> = {
  "askpass.sh": askpassSh,
  "checkout.sh": checkoutSh,
  "cloudwatch-agent.json": JSON.stringify(cloudwatchAgentJson, undefined, 2),
  "compose.sh": composeSh,
  "databases.sh": databasesSh,
  "databases.sql": databasesSql,
  "health.sh": healthSh,
  "images.sh": imagesSh,
  "influx.compose.yaml": influxComposeYaml,
  "influx.sh": influxSh,
  "node.sh": nodeSh,
  "once.sh": onceSh,
  "pinned.env": pinnedEnv,
  "place.sh": placeSh,
  "remove.sh": removeSh,
  "report.sh": reportSh,
  "secrets.sh": secretsSh,
  "settings.sh": settingsSh,
  "setup.sh": setupSh,
  "smart0dte-health.service": smart0dteHealthService,
  "smart0dte-health.timer": smart0dteHealthTimer,
  "smart0dte-system@.service": smart0dteSystemService,
  "system.sh": systemSh,
  "text.sh": textSh,
  "versions.sh": versionsSh,
}
