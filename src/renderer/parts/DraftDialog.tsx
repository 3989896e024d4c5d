import {
  Anchor,
  Button,
  Group,
  Modal,
  NativeSelect,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { IconMail, IconPencil } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { matchesWaiting } from "../../shared/desk.ts";
import { type DraftKind, draftKinds, readTemplates } from "../../shared/draft-templates.ts";
import { type Language, languages } from "../../shared/language.ts";
import { ok } from "../../shared/problem.ts";
import { type Draft, draftOf, mailsOf, type Recipient, recipientsOf } from "../../shared/text/draft.ts";
import { formatFor } from "../../shared/text/format.ts";
import { textsFor } from "../../shared/text/texts.ts";
import { hrefOf } from "../navigation.ts";
import { useCall, useDesk } from "../session.ts";
import { useWords } from "../words.tsx";
import { ActionButton } from "./ActionButton.tsx";
import type { Action } from "./action.ts";
import { CopyButton } from "./CopyButton.tsx";

type DraftProps = { readonly matchIds: readonly string[] };

/** These matches with what waits in them, and the templates as they are set. */
const useDraftFacts = (matchIds: readonly string[]) => {
  const all = useDesk((state) => state.matches);
  const todo = useDesk((state) => state.todo);
  const written = useDesk((state) => state.settings.find(({ name }) => name === "AVSPARK_DRAFTS")?.value ?? "");
  return useMemo(() => {
    const wanted = new Set(matchIds);
    const waiting = new Map(matchesWaiting(todo).map((one) => [one.matchId, one]));
    const matches = all.flatMap((match) =>
      wanted.has(match.id) ? [{ match, waiting: waiting.get(match.id) ?? null }] : [],
    );
    const templates = readTemplates(written);
    return { matches, templates: templates.ok ? templates.value : {} };
  }, [matchIds, all, todo, written]);
};

const isKind = (value: string): value is DraftKind => draftKinds.some((kind) => kind === value);

const useMails = (recipients: readonly Recipient[], draft: Draft) => {
  const { texts } = useWords();
  const call = useCall();
  return useMemo(() => {
    const mails = mailsOf(
      recipients.flatMap(({ email }) => email ?? []),
      draft,
    );
    const actions = mails.map(
      ({ url }, index): Action => ({
        id: `mail-${index}`,
        label: mails.length === 1 ? texts.drafts.open : texts.drafts.openPart({ part: index + 1, of: mails.length }),
        icon: IconMail,
        run: async () => {
          const answer = await call("openExternal", { url });
          return answer.ok ? ok("") : answer;
        },
      }),
    );
    return { actions, cut: mails.some(({ cut }) => cut) };
  }, [recipients, draft, texts, call]);
};

const Content = ({ matchIds }: DraftProps) => {
  const { texts, language: own } = useWords();
  const say = texts.drafts;
  const { matches, templates } = useDraftFacts(matchIds);
  const [kind, setKind] = useState<DraftKind | null>(null);
  const [language, setLanguage] = useState<Language>(own);
  const drafted = useMemo(() => {
    const wording = { texts: textsFor(language), format: formatFor(language), now: Date.now() };
    return draftOf({ matches, kind, language, templates }, wording);
  }, [matches, kind, language, templates]);
  /** What a person has changed in it, until they choose another template. */
  const [changed, setChanged] = useState<Partial<Draft>>({});
  const draft = useMemo(() => ({ ...drafted, ...changed }), [drafted, changed]);
  const recipients = useMemo(() => recipientsOf(matches), [matches]);
  const { actions, cut } = useMails(recipients, draft);
  const numbers = recipients.flatMap(({ phone }) => phone ?? []);
  const withoutEmail = recipients.filter(({ email }) => email === null).length;
  const choose = (act: () => void) => () => {
    setChanged({});
    act();
  };
  return (
    <Stack gap={10}>
      <Text size="sm" c="dimmed">
        {say.about}
      </Text>
      <Text size="sm">
        <Text span inherit c="dimmed">
          {say.to}
        </Text>{" "}
        {recipients.length === 0 ? say.nobody : recipients.map(({ name }) => name).join(", ")}
        {withoutEmail > 0 && (
          <Text span inherit c="dimmed">
            {" "}
            ({say.noEmail(withoutEmail)})
          </Text>
        )}
      </Text>
      <Group gap="xs" align="flex-end">
        <NativeSelect
          label={say.kind}
          value={kind ?? ""}
          data={[
            { value: "", label: say.byMatch },
            ...draftKinds.map((each) => ({ value: each, label: say.kinds[each] })),
          ]}
          onChange={({ currentTarget: { value } }) => choose(() => setKind(isKind(value) ? value : null))()}
        />
        <SegmentedControl
          aria-label={say.language}
          value={language}
          data={languages.map((each) => ({ value: each, label: texts.app.language[each] }))}
          onChange={(value) => choose(() => setLanguage(value))()}
        />
        <Anchor ml="auto" size="sm" href={hrefOf("settings", "AVSPARK_DRAFTS")}>
          <IconPencil size={14} aria-hidden="true" /> {say.edit}
        </Anchor>
      </Group>
      <TextInput
        label={say.subject}
        value={draft.subject}
        onChange={({ currentTarget: { value } }) => setChanged({ ...changed, subject: value })}
      />
      <Textarea
        label={say.text}
        autosize
        minRows={8}
        maxRows={16}
        value={draft.text}
        onChange={({ currentTarget: { value } }) => setChanged({ ...changed, text: value })}
      />
      {cut && (
        <Text size="sm" role="status">
          {say.cut}
        </Text>
      )}
      <Group gap="xs" justify="flex-end" py="xs" pos="sticky" bottom={0} bg="var(--mantine-color-body)">
        <CopyButton value={draft.text} label={say.copyText} />
        {numbers.length > 0 && <CopyButton value={numbers.join(", ")} label={say.copyNumbers} />}
        {actions.map((action) => (
          <ActionButton key={action.id} action={action} variant="filled" side="top" />
        ))}
      </Group>
    </Stack>
  );
};

type DraftDialogProps = DraftProps & { readonly opened: boolean; readonly onClose: () => void };

/** What one would write about these matches, to everybody whom it concerns. Nothing is sent from here. */
export const DraftDialog = ({ matchIds, opened, onClose }: DraftDialogProps) => {
  const { texts } = useWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={640}
      title={texts.drafts.title(matchIds.length)}
      closeButtonProps={{ "aria-label": texts.app.actions.close }}
    >
      <Content matchIds={matchIds} />
    </Modal>
  );
};

/** Opens a draft about these matches. */
export const WriteButton = ({ matchIds, variant }: DraftProps & { readonly variant?: "subtle" }) => {
  const { texts } = useWords();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        {...(variant !== undefined && { variant })}
        leftSection={<IconMail size={15} aria-hidden="true" />}
        onClick={() => setOpened(true)}
      >
        {texts.drafts.write}
      </Button>
      <DraftDialog matchIds={matchIds} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
};
