import { Button } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useMemo } from "react";
import type { Attachment, Unsent } from "../../shared/attachment.ts";
import { matchTitle } from "../../shared/match.ts";
import { ok } from "../../shared/problem.ts";
import { hrefOf } from "../navigation.ts";
import { ActionButton } from "../parts/ActionButton.tsx";
import { type Action, say } from "../parts/action.ts";
import { hostOf } from "../parts/Held.tsx";
import { LevelMark } from "../parts/Level.tsx";
import { Moment } from "../parts/Times.tsx";
import { useToast } from "../parts/useToast.tsx";
import { useAttachment, useCall, useDesk } from "../session.ts";
import { useWords } from "../words.tsx";
import classes from "./Attached.module.css";

const UnsentLine = ({ unsent, lost }: { readonly unsent: Unsent; readonly lost: boolean }) => {
  const { texts } = useWords();
  const call = useCall();
  const tell = useToast();
  const { id, command, matchId, text, at } = unsent;
  const match = useDesk((state) => (matchId === null ? null : (state.index.byId.get(matchId) ?? null)));
  const words = texts.attached.unsent;
  const what: Readonly<Record<string, string>> = words.what;
  const again = useMemo(
    (): Action => ({
      id: `send-${id}`,
      label: words.again,
      icon: IconSend,
      run: async () => say(await call("sendAgain", { id }), () => words.sent),
    }),
    [id, call, words],
  );
  const forget = async (): Promise<void> => {
    const answer = await call("forgetUnsent", { id });
    tell(answer.ok ? ok("") : answer, null);
  };
  return (
    <li className={classes.unsent}>
      <span className={classes.what}>
        <strong>{what[command] ?? words.what.other}</strong>
        {match !== null && <a href={hrefOf("matches", match.id)}>{matchTitle(match)}</a>}
        {text !== null && <q className={classes.text}>{text}</q>}
        <span className={classes.dim}>
          <Moment at={at} />
        </span>
      </span>
      <span className={classes.acts}>
        {!lost && <ActionButton action={again} variant="light" />}
        <Button variant="subtle" color="gray" onClick={() => void forget()}>
          {words.forget}
        </Button>
      </span>
    </li>
  );
};

const Told = ({ attachment: { line, newer, unsent } }: { readonly attachment: Attachment }) => {
  const { texts } = useWords();
  const words = texts.attached;
  const lost = line.state === "lost";
  return (
    <section className={classes.region} aria-label={texts.app.landmarks.service} data-lost={lost || undefined}>
      {lost && (
        <p className={classes.line} role="status">
          <LevelMark level="critical" size={17} />
          <span>
            {line.problem.kind !== "service-unreachable" && <strong>{texts.advice[line.problem.kind].remedy} </strong>}
            {words.stood}
          </span>
        </p>
      )}
      {newer && (
        <p className={classes.line}>
          <LevelMark level="warning" size={17} />
          <span>{words.newer}</span>
        </p>
      )}
      {unsent.length > 0 && (
        <div className={classes.waiting}>
          <p className={classes.line}>
            <LevelMark level="warning" size={17} />
            <span>
              <strong>{words.unsent.title(unsent.length)}.</strong> {words.unsent.about}
            </span>
          </p>
          <ul className={classes.list}>
            {unsent.map((one) => (
              <UnsentLine key={one.id} unsent={one} lost={lost} />
            ))}
          </ul>
        </div>
      )}
    </section>
  );
};

/** How the window stands with a service elsewhere, where there is something to say of it. */
export const Attached = () => {
  const attachment = useAttachment();
  if (attachment === null) return null;
  const { line, newer, unsent } = attachment;
  if (line.state === "live" && !newer && unsent.length === 0) return null;
  return <Told attachment={attachment} />;
};

/** Whose desk this is, beside the demo's mark. */
export const ServiceChip = () => {
  const { texts } = useWords();
  const attachment = useAttachment();
  if (attachment === null) return null;
  const host = hostOf(attachment.address);
  return (
    <span className={classes.chip} title={texts.attached.chip(host)} data-state={attachment.line.state}>
      {host}
    </span>
  );
};
