import { Button } from "@mantine/core";
import { useWords } from "../words.tsx";

type MoreButtonProps = {
  readonly open: boolean;
  /** How many are not shown while it is closed. */
  readonly more: number;
  readonly onToggle: () => void;
};

/** Shows the rest of a list, or its beginning alone. */
export const MoreButton = ({ open, more, onToggle }: MoreButtonProps) => {
  const { texts } = useWords();
  return (
    <Button variant="subtle" color="gray" size="compact-xs" aria-expanded={open} onClick={onToggle}>
      {open ? texts.app.actions.showLess : texts.app.more(more)}
    </Button>
  );
};
