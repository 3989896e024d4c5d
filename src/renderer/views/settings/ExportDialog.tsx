import { Button, Modal, Skeleton, Textarea } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { configFields } from "../../../shared/config.ts";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { saveFile } from "../../parts/save.ts";
import { useQuery } from "../../parts/useQuery.ts";
import { useSettings } from "../../settings.ts";
import { useWords } from "../../words.tsx";
import classes from "./Dialogs.module.css";
import { holdsHidden } from "./validity.ts";

const Content = () => {
  const { texts } = useWords();
  const query = useQuery("exportSettings", {});
  const settings = useSettings();
  const say = texts.settings.export;
  const left = Object.values(settings).filter(
    ({ name, value }) => holdsHidden(value) || (configFields[name].secret === true && value !== ""),
  );
  if (query.state === "loading") return <Skeleton height={220} role="status" aria-label={texts.app.loading} />;
  if (query.state === "failed") return <ProblemNote problem={query.problem} />;
  const { text } = query.value;
  return (
    <>
      {text === "" ? (
        <p className={classes.about}>{say.none}</p>
      ) : (
        <Textarea
          aria-label={say.text}
          classNames={{ input: classes.text ?? "" }}
          readOnly
          autosize
          minRows={6}
          maxRows={14}
          value={text}
        />
      )}
      {left.length > 0 && <p className={classes.left}>{say.left(left.map(({ name }) => name).join(", "))}</p>}
      <div className={classes.foot}>
        <CopyButton value={text} />
        <Button
          variant="filled"
          disabled={text === ""}
          leftSection={<IconDownload size={16} aria-hidden="true" />}
          onClick={() => saveFile("avspark.env", new Blob([text], { type: "text/plain" }))}
        >
          {say.file}
        </Button>
      </div>
    </>
  );
};

type ExportDialogProps = { readonly opened: boolean; readonly onClose: () => void };

/** The settings as the text of a .env file, without anything secret. */
export const ExportDialog = ({ opened, onClose }: ExportDialogProps) => {
  const { texts } = useWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={600}
      title={texts.settings.export.title}
      closeButtonProps={{ "aria-label": texts.app.actions.close }}
    >
      <p className={classes.about}>{texts.settings.export.about}</p>
      <Content />
    </Modal>
  );
};
