import { ActionIcon, Tooltip } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";

/** From a page to what it is one of, beside its title. */
export const BackLink = ({ href, label }: { readonly href: string; readonly label: string }) => (
  <Tooltip label={label}>
    <ActionIcon component="a" href={href} aria-label={label}>
      <IconArrowLeft size={18} aria-hidden="true" />
    </ActionIcon>
  </Tooltip>
);
