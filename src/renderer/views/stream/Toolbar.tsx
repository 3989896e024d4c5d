import { ActionIcon, Select, TextInput, Tooltip } from "@mantine/core";
import { IconFilterOff, IconSearch } from "@tabler/icons-react";
import { memo, type RefObject } from "react";
import { messageTypeSchema, messageTypes, verdictSchema } from "../../../shared/message.ts";
import { useWords } from "../../words.tsx";
import { type Filter, isFiltering, noFilter } from "./filter.ts";
import classes from "./Stream.module.css";

type ToolbarProps = {
  readonly filter: Filter;
  readonly channels: readonly string[];
  readonly onFilter: (filter: Filter) => void;
  readonly search: RefObject<HTMLInputElement | null>;
};

/** Not drawn anew when messages arrive. */
export const Toolbar = memo(({ filter, channels, onFilter, search }: ToolbarProps) => {
  const { texts } = useWords();
  const words = texts.stream.filter;
  return (
    <search className={classes.toolbar}>
      <TextInput
        ref={search}
        className={classes.search ?? ""}
        leftSection={<IconSearch size={15} aria-hidden="true" />}
        placeholder={words.search}
        aria-label={words.search}
        value={filter.search}
        onChange={(event) => onFilter({ ...filter, search: event.currentTarget.value })}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
      />
      <Select
        className={classes.channel ?? ""}
        aria-label={words.channel}
        placeholder={words.allChannels}
        data={[...channels]}
        value={filter.channel}
        onChange={(channel) => onFilter({ ...filter, channel })}
        clearable
      />
      <Select
        className={classes.select ?? ""}
        aria-label={words.type}
        placeholder={words.allTypes}
        data={messageTypes.map((type) => ({ value: type, label: texts.message.type[type] }))}
        value={filter.type}
        onChange={(type) => onFilter({ ...filter, type: messageTypeSchema.nullable().parse(type) })}
        clearable
      />
      <Select
        className={classes.select ?? ""}
        aria-label={words.verdict}
        placeholder={words.allVerdicts}
        data={verdictSchema.options.map((verdict) => ({ value: verdict, label: texts.message.verdict[verdict] }))}
        value={filter.verdict}
        onChange={(verdict) => onFilter({ ...filter, verdict: verdictSchema.nullable().parse(verdict) })}
        clearable
      />
      <Tooltip label={words.reset}>
        <ActionIcon aria-label={words.reset} disabled={!isFiltering(filter)} onClick={() => onFilter(noFilter)}>
          <IconFilterOff size={17} />
        </ActionIcon>
      </Tooltip>
    </search>
  );
});
