import { Command } from "commander";
import { version } from "../version.ts";
import type { Tools } from "./command.ts";
import { addAcknowledge } from "./commands/acknowledge.ts";
import { addActs } from "./commands/acts.ts";
import { addAlerts } from "./commands/alerts.ts";
import { addAudit } from "./commands/audit.ts";
import { addBundle } from "./commands/bundle.ts";
import { addCheck } from "./commands/check.ts";
import { addCluster } from "./commands/cluster.ts";
import { addCompletion } from "./commands/completion.ts";
import { addConfig } from "./commands/config.ts";
import { addConfirm } from "./commands/confirm.ts";
import { addDecline } from "./commands/decline.ts";
import { addEnter } from "./commands/enter.ts";
import { addFeeds } from "./commands/feeds.ts";
import { addGoogle } from "./commands/google.ts";
import { addHeld } from "./commands/held.ts";
import { addKeep } from "./commands/keep.ts";
import { addLogLevel } from "./commands/log-level.ts";
import { addMan } from "./commands/man.ts";
import { addMigrate } from "./commands/migrate.ts";
import { addNote } from "./commands/note.ts";
import { addNotify } from "./commands/notify.ts";
import { addPeople } from "./commands/people.ts";
import { addPerson } from "./commands/person.ts";
import { addPreview } from "./commands/preview.ts";
import { addReactivate } from "./commands/reactivate.ts";
import { addRemove } from "./commands/remove.ts";
import { addRestart } from "./commands/restart.ts";
import { addServe } from "./commands/serve.ts";
import { addSnooze } from "./commands/snooze.ts";
import { addStats } from "./commands/stats.ts";
import { addStatus } from "./commands/status.ts";
import { addSync } from "./commands/sync.ts";
import { addTail } from "./commands/tail.ts";
import { addTell } from "./commands/tell.ts";
import { addTest } from "./commands/test.ts";
import { addTodo } from "./commands/todo.ts";
import { addToken } from "./commands/token.ts";
import { addUndo } from "./commands/undo.ts";
import { exitMeanings } from "./exit.ts";

const commands = [
  addServe,
  addCheck,
  addStatus,
  addStats,
  addCluster,
  addAlerts,
  addAcknowledge,
  addSnooze,
  addReactivate,
  addConfig,
  addMigrate,
  addTodo,
  addTell,
  addNote,
  addPeople,
  addPerson,
  addFeeds,
  addSync,
  addPreview,
  addHeld,
  addConfirm,
  addKeep,
  addUndo,
  addAudit,
  addDecline,
  addEnter,
  addRemove,
  addRestart,
  addTest,
  addTail,
  addToken,
  addActs,
  addLogLevel,
  addNotify,
  addGoogle,
  addBundle,
  addCompletion,
  addMan,
];

/** The whole command line; --help, the man page and the completions are all read off it. */
export const createProgram = (tools: Tools): Command => {
  const program = new Command("avspark")
    .description("The referee coordinator's match desk, without its window: runs the service, and asks one that runs.")
    .version(version)
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText("after", afterHelp);
  for (const add of commands) add(program, tools);
  return program;
};

const afterHelp = `
Exit codes:
${exitMeanings.map(({ code, meaning }) => `  ${code}  ${meaning}`).join("\n")}

Settings are environment variables, read from .env in the working directory as well;
avspark config shows them. The manual: avspark man | man -l -`;
