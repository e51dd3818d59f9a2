import askedSh from "./asked.sh"
import askpassSh from "./askpass.sh"
import checkoutSh from "./checkout.sh"
import cloudwatchAgentJson from "./cloudwatch-agent.json" with { type: "json" }
import composeSh from "./compose.sh"
import databasesSh from "./databases.sh"
import databasesSql from "./databases.sql"
import gatewayComposeYaml from "./gateway.compose.yaml"
import gatewaySh from "./gateway.sh"
import haltSh from "./halt.sh"
import healthSh from "./health.sh"
import imagesSh from "./images.sh"
import influxComposeYaml from "./influx.compose.yaml"
import influxSh from "./influx.sh"
import nodeSh from "./node.sh"
import onceSh from "./once.sh"
import pinnedEnv from "./pinned.env"
import placeSh from "./place.sh"
import probePy from "./probe.py"
import removeSh from "./remove.sh"
import reportSh from "./report.sh"
import saidSh from "./said.sh"
import secretsSh from "./secrets.sh"
import settingsSh from "./settings.sh"
import setupSh from "./setup.sh"
import smart0dteAgainService from "./smart0dte-again@.service"
import smart0dteHealthService from "./smart0dte-health.service"
import smart0dteHealthTimer from "./smart0dte-health.timer"
import smart0dteSystemService from "./smart0dte-system@.service"
import smart0dteWatchService from "./smart0dte-watch.service"
import smart0dteWatchTimer from "./smart0dte-watch.timer"
import storeSh from "./store.sh"
import switchSh from "./switch.sh"
import systemSh from "./system.sh"
import textSh from "./text.sh"
import tradingSh from "./trading.sh"
import versionsSh from "./versions.sh"
import watchSh from "./watch.sh"

/** All that a node runs of ours, by the name that it has there. */
export const nodeFiles: Readonly<Record<string, string>> = {
  "asked.sh": askedSh,
  "askpass.sh": askpassSh,
  "checkout.sh": checkoutSh,
  "cloudwatch-agent.json": JSON.stringify(cloudwatchAgentJson, undefined, 2),
  "compose.sh": composeSh,
  "databases.sh": databasesSh,
  "databases.sql": databasesSql,
  "gateway.compose.yaml": gatewayComposeYaml,
  "gateway.sh": gatewaySh,
  "halt.sh": haltSh,
  "health.sh": healthSh,
  "images.sh": imagesSh,
  "influx.compose.yaml": influxComposeYaml,
  "influx.sh": influxSh,
  "node.sh": nodeSh,
  "once.sh": onceSh,
  "pinned.env": pinnedEnv,
  "place.sh": placeSh,
  "probe.py": probePy,
  "remove.sh": removeSh,
  "report.sh": reportSh,
  "said.sh": saidSh,
  "secrets.sh": secretsSh,
  "settings.sh": settingsSh,
  "setup.sh": setupSh,
  "smart0dte-again@.service": smart0dteAgainService,
  "smart0dte-health.service": smart0dteHealthService,
  "smart0dte-health.timer": smart0dteHealthTimer,
  "smart0dte-system@.service": smart0dteSystemService,
  "smart0dte-watch.service": smart0dteWatchService,
  "smart0dte-watch.timer": smart0dteWatchTimer,
  "store.sh": storeSh,
  "switch.sh": switchSh,
  "system.sh": systemSh,
  "text.sh": textSh,
  "trading.sh": tradingSh,
  "versions.sh": versionsSh,
  "watch.sh": watchSh,
}
