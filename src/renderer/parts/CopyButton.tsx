import { ActionIcon, Button, CopyButton as Copying, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useWords } from "../words.tsx";

type CopyButtonProps = {
  readonly value: string;
  readonly label?: string;
  /** `icon`: the label is its name and shown on demand. */
  readonly look?: "button" | "icon";
};

/** Copies a text; says so in its own place. */
export const CopyButton = ({ value, label, look = "button" }: CopyButtonProps) => {
  const { texts } = useWords();
  const name = label ?? texts.app.actions.copy;
  return (
    <Copying value={value} timeout={2000}>
      {({ copied, copy }) => {
        const Glyph = copied ? IconCheck : IconCopy;
        if (look === "icon") {
          return (
            <Tooltip label={copied ? texts.app.actions.copied : name}>
              <ActionIcon size="sm" aria-label={name} onClick={copy}>
                <Glyph size={15} aria-hidden="true" />
              </ActionIcon>
            </Tooltip>
          );
        }
        return (
          <Tooltip label={texts.app.actions.copied} opened={copied}>
            <Button variant="subtle" color="gray" size="compact-xs" onClick={copy} leftSection={<Glyph size={14} />}>
              {name}
            </Button>
          </Tooltip>
        );
      }}
    </Copying>
  );
};
