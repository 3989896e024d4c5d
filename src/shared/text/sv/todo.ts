import { assignmentIn, roleIn } from "../../fogis-words.ts";
import { plural } from "../plural.ts";
import type { Texts } from "../type.ts";

const count = plural("sv");

export const todo = {
  nothing: "Inget väntar på någon.",
  kind: {
    "no-referee": "Saknar huvuddomare",
    "open-place": "Ledig plats",
    "double-booked": "Dubbelbokad",
    withdrawn: "Domare har lämnat återbud",
    "called-off": "Inställd",
    postponed: "Uppskjuten",
    "on-again": "Spelas ändå",
    moved: "Flyttad",
    held: "Väntar på ditt besked",
    calendar: "Kalendern behöver dig",
    "sign-in": "Logga in",
  },
  open: (role, status) =>
    `${roleIn("sv", role)}: ${status === null ? "ej tillsatt" : assignmentIn("sv", status).toLocaleLowerCase("sv")}`,
  also: (match) => `även ${match}`,
  told: (name) => `${name} (informerad)`,
  removals: (removals) => count(removals, { one: "# borttagning", other: "# borttagningar" }),
} satisfies Texts["todo"];
