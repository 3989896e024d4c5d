import { Argument, type Command } from "commander";
import type { ClusterStatus, NodeStanding } from "../../../shared/connection.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { exitCodes } from "../exit.ts";
import { remedyFor } from "../remedy.ts";
import { aligned, type Paint } from "../terminal.ts";
import { words } from "../words.ts";

const { texts } = words;

export const addCluster = (program: Command, tools: Tools): void => {
  asksService(program.command("cluster"))
    .summary("say how this machine does as one of several that are one desk")
    .description(
      "status says how far this node is in the log that the machines share, what it has yet to tell the others, whose turn it is to write each calendar, how the other nodes do, and what is wrong. It also says what is otherwise at the server that they share than they need it. It ends with 1 for that, and when this node cannot follow or another one is lost.",
    )
    .addArgument(new Argument("<act>", "what to do").choices(["status"]))
    .action(async (_act: string, _options, command: Command) => {
      const { client, json } = await connect(command, tools);
      const { output } = await client.call("redisStatus", {});
      const { cluster } = output.redis_status;
      const { say, paint } = tools.terminal.out;
      if (json) say(asJson({ success: true, cluster }));
      else say(cluster === null ? "This machine is alone: AVSPARK_DESK is not set." : summary(cluster, paint));
      if (cluster !== null && isAmiss(cluster)) tools.end(exitCodes.failed);
    });
};

const isAmiss = ({ problem, nodes, serverFaults }: ClusterStatus): boolean =>
  problem !== null || nodes.some(({ state }) => state === "lost") || (serverFaults ?? []).length > 0;

const serverSays = (serverFaults: ClusterStatus["serverFaults"]): string => {
  if (serverFaults === null) return "not looked at: its user may need +info";
  return serverFaults.length === 0 ? "as it should be" : "not as the nodes need it:";
};

const saidBy = ({ said, agoMs }: NodeStanding): string =>
  [
    `heard ${Math.round(agoMs / 1000)} s ago`,
    ...(said === null
      ? ["it speaks of itself as another version does"]
      : [
          `version ${said.version}`,
          `${said.behind ?? "?"} to read, ${said.unsaid} to tell`,
          ...(said.problem === null ? [] : [texts.advice[said.problem].what]),
          ...said.writes.map((target) => `writes ${texts.match.target[target]}`),
        ]),
  ].join(", ");

const summary = (
  { desk, node, connection, log, unsaid, turns, nodes, clockOffMs, serverFaults, problem }: ClusterStatus,
  paint: Paint,
): string => {
  const behind = log.behind === null ? "nobody counts how far behind" : `${log.behind} behind`;
  return [
    ...(problem === null
      ? [paint("green", `● ${node} follows the desk ${desk}.`)]
      : [paint("red", `● ${texts.advice[problem.kind].what}`), `  ${problem.message}`, `  ${remedyFor(problem.kind)}`]),
    "",
    ...aligned([
      ["Log", texts.health.connection[connection.state], `at ${log.lastId ?? "its beginning"}, ${behind}`],
      ["Not told yet", String(unsaid), ""],
      ...turns.map(({ target, isOurs, holder }) => [
        texts.match.target[target],
        isOurs ? "written here" : "written elsewhere",
        holder === null ? "nobody known" : `by ${holder}`,
      ]),
      ["Clock", clockOffMs === null ? "not compared yet" : `${Math.round(clockOffMs)} ms before the server's`, ""],
      ["Shared server", serverSays(serverFaults), ""],
    ]),
    ...(serverFaults ?? []).map((fault) => paint("red", `  ${texts.checks.serverFault[fault]}`)),
    "",
    ...aligned(nodes.map((each) => [`${each.name}${each.isUs ? " (this one)" : ""}`, each.state, saidBy(each)])),
  ].join("\n");
};
