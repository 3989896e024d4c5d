import { Button, NativeSelect, TextInput } from "@mantine/core";
import { IconKey, IconKeyOff } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useMemo, useState } from "react";
import { may, type Role, roles } from "../../../shared/role.ts";
import type { ListedToken } from "../../../shared/token.ts";
import { type Action, say } from "../../parts/action.ts";
import { Badge } from "../../parts/Badge.tsx";
import { Callout } from "../../parts/Callout.tsx";
import { Confirm } from "../../parts/Confirm.tsx";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { Held } from "../../parts/Held.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { Ago, Moment } from "../../parts/Times.tsx";
import { useInlineAction } from "../../parts/useInlineAction.tsx";
import { useQuery } from "../../parts/useQuery.ts";
import { useAttachment, useCall } from "../../session.ts";
import { useWords } from "../../words.tsx";
import classes from "./Tokens.module.css";

/** Others make tokens as well, and use theirs. */
const askMs = 10_000;

type Made = { readonly name: string; readonly token: string };

const roleOf = (value: string): Role => roles.find((role) => role === value) ?? "look";

/** Makes a token; whoever made it sees it until they have passed it on. */
const NewToken = ({ onMade }: { readonly onMade: () => void }) => {
  const { texts } = useWords();
  const words = texts.settings.access;
  const call = useCall();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("act");
  const [made, setMade] = useState<Made | null>(null);
  const wanted = name.trim();
  const add: Action = {
    id: "add-token",
    label: words.add,
    icon: IconKey,
    run: async () => {
      const answer = await call("addToken", { name: wanted, role });
      if (answer.ok) {
        setMade({ name: wanted, token: answer.value.token });
        setName("");
        onMade();
      }
      return say(answer, () => words.made(wanted));
    },
  };
  const { button, outcome } = useInlineAction(add, { disabled: wanted === "" || made !== null });
  // It stands in the form of the settings, which Enter would save.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") event.preventDefault();
  };
  return (
    <>
      <div className={classes.add}>
        <TextInput
          label={words.name}
          description={words.nameAbout}
          maxLength={60}
          value={name}
          onKeyDown={onKeyDown}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={words.role}
          value={role}
          data={roles.map((value) => ({ value, label: words.roles[value] }))}
          onChange={(event) => setRole(roleOf(event.currentTarget.value))}
        />
        {button}
      </div>
      {made === null && outcome}
      {made !== null && (
        <Callout level="warning" title={words.made(made.name)} about={words.madeAbout}>
          <code className={classes.token}>{made.token}</code>
          <CopyButton value={made.token} />
          <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setMade(null)}>
            {words.hide}
          </Button>
        </Callout>
      )}
    </>
  );
};

type TokenRowProps = { readonly token: ListedToken; readonly onRevoke: ((token: ListedToken) => void) | null };

const TokenRow = ({ token, onRevoke }: TokenRowProps) => {
  const { texts } = useWords();
  const words = texts.settings.access;
  const { name, role, createdAt, lastUsedAt, revokedAt } = token;
  return (
    <li className={classes.row}>
      <span className={classes.who}>
        <strong>{name}</strong>
        <Badge level="info">{words.roles[role]}</Badge>
      </span>
      <span className={classes.dim}>
        {words.since} <Moment at={createdAt} /> ·{" "}
        {lastUsedAt === null ? (
          words.never
        ) : (
          <>
            {words.used} <Ago at={lastUsedAt} />
          </>
        )}
        {revokedAt !== null && (
          <>
            {" "}
            · {words.goneAt} <Moment at={revokedAt} />
          </>
        )}
      </span>
      {onRevoke !== null && (
        <Held>
          <Button
            variant="subtle"
            color="red"
            size="compact-xs"
            aria-label={words.revokeTitle(name)}
            onClick={() => onRevoke(token)}
          >
            {words.revoke}
          </Button>
        </Held>
      )}
    </li>
  );
};

const List = () => {
  const { texts } = useWords();
  const words = texts.settings.access;
  const call = useCall();
  const { again, ...query } = useQuery("tokens", {});
  useEffect(() => {
    const timer = setInterval(again, askMs);
    return () => clearInterval(timer);
  }, [again]);
  const [leaving, setLeaving] = useState<ListedToken | null>(null);
  const name = leaving?.name ?? "";
  const revoke = useMemo(
    (): Action => ({
      id: "revoke-token",
      label: words.revoke,
      icon: IconKeyOff,
      run: async () => {
        const answer = await call("revokeToken", { name });
        again();
        return say(answer, () => words.revoked(name));
      },
    }),
    [words, call, name, again],
  );
  const tokens = query.state === "ready" ? query.value.tokens : [];
  const valid = tokens.filter(({ revokedAt }) => revokedAt === null);
  const gone = tokens.filter(({ revokedAt }) => revokedAt !== null);
  return (
    <div className={classes.tokens}>
      <NewToken onMade={again} />
      {query.state === "failed" && <ProblemNote problem={query.problem} />}
      {query.state === "ready" && valid.length === 0 && <p className={classes.dim}>{words.none}</p>}
      <ul className={classes.list}>
        {valid.map((token) => (
          <TokenRow key={token.name} token={token} onRevoke={setLeaving} />
        ))}
      </ul>
      {gone.length > 0 && (
        <details>
          <summary className={classes.dim}>{words.gone(gone.length)}</summary>
          <ul className={classes.list}>
            {gone.map((token) => (
              <TokenRow key={`${token.name} ${token.createdAt}`} token={token} onRevoke={null} />
            ))}
          </ul>
        </details>
      )}
      <Confirm
        action={revoke}
        title={words.revokeTitle(name)}
        about={words.revokeAbout}
        danger
        opened={leaving !== null}
        onClose={() => setLeaving(null)}
      />
    </div>
  );
};

/** Who comes in from elsewhere, and what they may do: for administrators alone, wherever the service is. */
export const Tokens = () => {
  const { texts } = useWords();
  const role = useAttachment()?.role ?? "administer";
  if (!may(role, "administer")) return <p className={classes.others}>{texts.settings.access.administrators}</p>;
  return <List />;
};
