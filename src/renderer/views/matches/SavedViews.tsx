import { ActionIcon, Button, Popover, TextInput, Tooltip } from "@mantine/core";
import { IconBookmark, IconTrash } from "@tabler/icons-react";
import { type SyntheticEvent, useState } from "react";
import { useWords } from "../../words.tsx";
import classes from "./Matches.module.css";
import type { useTable } from "./useTable.ts";
import { viewShown, withoutView, withView } from "./views.ts";

export type SavedViewsProps = Pick<ReturnType<typeof useTable>, "views" | "setViews" | "filter" | "sort" | "show">;

/** Filters and order that are kept under a name: chosen, saved and taken away. */
export const SavedViewsMenu = ({ views, setViews, filter, sort, show }: SavedViewsProps) => {
  const { texts } = useWords();
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState("");
  const words = texts.matches.views;
  const shown = viewShown(views, filter, sort);
  const save = (event: SyntheticEvent): void => {
    event.preventDefault();
    setViews(withView(views, { name, filter, sort }));
    setName("");
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus position="bottom-start" width={280}>
      <Popover.Target>
        <Button
          size="xs"
          leftSection={<IconBookmark size={15} aria-hidden="true" />}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {shown?.name ?? words.title}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label={words.title}>
        {views.length === 0 && <p className={classes.noViews}>{words.none}</p>}
        {views.map((view) => (
          <div key={view.name} className={classes.view}>
            <Button
              variant={view === shown ? "light" : "subtle"}
              color={view === shown ? "brand" : "gray"}
              justify="flex-start"
              title={view.name}
              onClick={() => {
                setOpened(false);
                show(view);
              }}
            >
              {view.name}
            </Button>
            <Tooltip label={words.remove(view.name)}>
              <ActionIcon
                size="sm"
                aria-label={words.remove(view.name)}
                onClick={() => setViews(withoutView(views, view.name))}
              >
                <IconTrash size={15} aria-hidden="true" />
              </ActionIcon>
            </Tooltip>
          </div>
        ))}
        {shown === null && (
          <form className={classes.saveView} onSubmit={save}>
            <TextInput
              label={words.save}
              placeholder={words.name}
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" disabled={name.trim() === ""}>
              {words.keep}
            </Button>
          </form>
        )}
      </Popover.Dropdown>
    </Popover>
  );
};
