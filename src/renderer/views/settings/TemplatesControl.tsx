import { Button, NativeSelect, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useState } from "react";
import {
  type DraftKind,
  draftFields,
  draftKinds,
  templatesIn,
  unknownFields,
} from "../../../shared/draft-templates.ts";
import { type Language, languages } from "../../../shared/language.ts";
import { textsFor } from "../../../shared/text/texts.ts";
import { useWords } from "../../words.tsx";
import type { ControlProps } from "./controls.ts";
import classes from "./Settings.module.css";

/** The templates of drafts, one at a time, in both languages. Those that are as ours are not kept. */
export const TemplatesControl = ({ name, value, locked, labelId, describedBy, onChange }: ControlProps) => {
  const { texts, language: own } = useWords();
  const say = texts.drafts;
  const [kind, setKind] = useState<DraftKind>("moved");
  const [language, setLanguage] = useState<Language>(own);
  const written = templatesIn(value);
  const ours = textsFor(language).drafts.template[kind];
  const template = written[kind]?.[language] ?? ours;
  const put = (next: typeof template | null): void => {
    const { [language]: _, ...others } = written[kind] ?? {};
    const ofKind = next === null ? others : { ...others, [language]: next };
    const { [kind]: __, ...rest } = written;
    const all = Object.keys(ofKind).length === 0 ? rest : { ...rest, [kind]: ofKind };
    onChange(Object.keys(all).length === 0 ? "" : JSON.stringify(all));
  };
  const unknown = unknownFields(template);
  const error = unknown.length === 0 ? null : say.unknown(unknown.map((field) => `{${field}}`).join(", "));
  return (
    <fieldset className={classes.targets} aria-labelledby={labelId} aria-describedby={describedBy}>
      <div className={classes.times}>
        <NativeSelect
          id={`setting-${name}`}
          size="xs"
          aria-label={say.kind}
          data={draftKinds.map((each) => ({ value: each, label: say.kinds[each] }))}
          value={kind}
          onChange={({ currentTarget }) => setKind(draftKinds.find((each) => each === currentTarget.value) ?? kind)}
        />
        <SegmentedControl
          aria-label={say.language}
          value={language}
          data={languages.map((each) => ({ value: each, label: texts.app.language[each] }))}
          onChange={setLanguage}
        />
      </div>
      <TextInput
        size="xs"
        label={say.subject}
        readOnly={locked}
        value={template.subject}
        onChange={({ currentTarget }) => put({ ...template, subject: currentTarget.value })}
      />
      <Textarea
        size="xs"
        label={say.text}
        description={`${say.fields}: ${draftFields.map((field) => `{${field}}`).join(" ")}`}
        inputWrapperOrder={["label", "input", "description", "error"]}
        error={error}
        autosize
        minRows={6}
        maxRows={14}
        readOnly={locked}
        value={template.text}
        onChange={({ currentTarget }) => put({ ...template, text: currentTarget.value })}
      />
      {written[kind]?.[language] !== undefined && !locked && (
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconArrowBackUp size={14} aria-hidden="true" />}
          onClick={() => put(null)}
        >
          {say.ours}
        </Button>
      )}
    </fieldset>
  );
};
