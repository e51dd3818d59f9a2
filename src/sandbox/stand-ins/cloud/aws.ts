import { notThere, type StandIn } from "../context.ts"
import { all, flag, type Parsed, parseFlags } from "../flags.ts"
import { printed } from "./output.ts"
import { askJson } from "./request.ts"
import { copy, copyFolder, head } from "./store.ts"

/** Those operations of the aws command line that scripts of a node use. */
export const aws: StandIn = async (on) => {
  const parsed = parseFlags("aws", on.args, { values: VALUES, switches: SWITCHES })
  const [service = "", operation = "", ...rest] = parsed.rest
  const region = flag(parsed, "--region") ?? on.env.AWS_REGION ?? on.env.AWS_DEFAULT_REGION
  if (region === undefined && service !== "s3") {
    on.err('\nYou must specify a region. You can also configure your region by running "aws configure".\n')
    return 253
  }
  if (service === "s3" && operation === "cp") {
    return flag(parsed, "--recursive") === undefined ? copy(on, rest) : copyFolder(on, rest)
  }
  const input = INPUTS[`${service} ${operation}`]
  if (service === "s3api" && operation === "head-object") {
    on.out(printed(await head(on, flag(parsed, "--bucket"), flag(parsed, "--key")), parsed))
    return 0
  }
  if (!input) throw notThere(`aws ${service} ${operation}`)
  const [name, target, make] = input
  on.out(printed(await askJson(on, name, target, make(parsed)), parsed))
  return 0
}

const VALUES = (
  "--name --names --path --type --value --description --secret-id --query --output --region --bucket --key --namespace " +
  "--metric-name --unit --dimensions --max-items --timestamp --tier"
)
  .split(" ")
  .map((name) => [name])

const SWITCHES = "--overwrite --with-decryption --recursive --only-show-errors --quiet --no-cli-pager --no-overwrite"
  .split(" ")
  .map((name) => [name])

type Make = (parsed: Parsed) => object

/** The service as it is signed for, the operation's target on the wire, and its input from the command line. */
const INPUTS: Readonly<Record<string, readonly [service: string, target: string, make: Make]>> = {
  "ssm get-parameter": [
    "ssm",
    "AmazonSSM.GetParameter",
    (p) => ({ Name: flag(p, "--name"), WithDecryption: flag(p, "--with-decryption") !== undefined }),
  ],
  "ssm get-parameters-by-path": [
    "ssm",
    "AmazonSSM.GetParametersByPath",
    (p) => ({ Path: flag(p, "--path"), Recursive: flag(p, "--recursive") !== undefined }),
  ],
  "ssm put-parameter": [
    "ssm",
    "AmazonSSM.PutParameter",
    (p) => ({
      Name: flag(p, "--name"),
      Type: flag(p, "--type"),
      Value: flag(p, "--value"),
      Overwrite: flag(p, "--overwrite") !== undefined,
      ...(flag(p, "--tier") !== undefined && { Tier: flag(p, "--tier") }),
    }),
  ],
  "secretsmanager get-secret-value": [
    "secretsmanager",
    "secretsmanager.GetSecretValue",
    (p) => ({ SecretId: flag(p, "--secret-id") }),
  ],
  "cloudwatch put-metric-data": [
    "monitoring",
    "GraniteServiceVersion20100801.PutMetricData",
    (p) => ({
      Namespace: flag(p, "--namespace"),
      MetricData: [
        {
          MetricName: flag(p, "--metric-name"),
          Unit: flag(p, "--unit"),
          Value: Number(flag(p, "--value")),
          Dimensions: all(p, "--dimensions").flatMap(dimensionsOf),
        },
      ],
    }),
  ],
}

/** `Name=value,Other=value` */
const dimensionsOf = (text: string) =>
  text.split(",").map((pair) => ({ Name: pair.slice(0, pair.indexOf("=")), Value: pair.slice(pair.indexOf("=") + 1) }))
