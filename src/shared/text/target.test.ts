import { expect, test } from "vitest";
import { addressBookNames, type Preview } from "../calendar.ts";
import { languages } from "../language.ts";
import { problemKinds } from "../problem.ts";
import { adviceFor, targetTexts } from "./target.ts";
import { textsFor } from "./texts.ts";

test.each(languages)("nothing that is said of an address book in %s speaks of a calendar or of events", (language) => {
  const texts = textsFor(language);
  const wrong = /calendar|\bevents?\b|kalender|händelse/i;
  for (const name of addressBookNames) {
    const { countsAbout, confirm, held, preview, audit, undo } = targetTexts(texts, name);
    const rest: Pick<Preview, "unchanged" | "skipped"> = { unchanged: 2, skipped: 1 };
    const said = [
      ...Object.values(countsAbout),
      ...[1, 2].flatMap((count) => [
        confirm.title(count),
        held.contacts(count),
        held.unknown(count),
        audit.drift(count),
        audit.repaired(count),
        undo.done(count),
      ]),
      ...[
        confirm.about,
        held.undoable,
        held.nothingAbout,
        held.list,
        preview.reading,
        preview.list,
        preview.nothingAbout,
      ],
      ...[preview.rest(rest), audit.same, audit.about, audit.ask("Prov"), undo.about],
      ...problemKinds
        .filter((kind) => kind.startsWith("calendar-") && kind !== "calendar-file" && kind !== "calendar-token-file")
        .flatMap((kind) => Object.values(adviceFor(texts, kind, name))),
    ];
    expect(said.filter((text) => wrong.test(text))).toEqual([]);
  }
});
