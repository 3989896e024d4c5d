import { Button, CopyButton as Copying, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useWords } from "../words.tsx";

type CopyButtonProps = { readonly value: string; readonly label?: string };

/** Copies a text; says so in its own place. */
export const CopyButton = ({ value, label }: CopyButtonProps) => {
  const { texts } = useWords();
  return (
    <Copying value={value} timeout={2000}>
      {({ copied, copy }) => (
        <Tooltip label={texts.app.actions.copied} opened={copied}>
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            onClick={copy}
            leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          >
            {label ?? texts.app.actions.copy}
          </Button>
        </Tooltip>
      )}
    </Copying>
  );
};
