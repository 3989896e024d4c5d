import { Button } from "@mantine/core";
import { IconFolderOpen } from "@tabler/icons-react";
import { type DragEvent, useRef, useState } from "react";

/** Takes a file that is dropped on the element these handlers are given to. */
export const useFileDrop = (onFile: (file: File) => void) => {
  const [over, setOver] = useState(false);
  /** Entering a child comes before leaving the parent. */
  const depth = useRef(0);
  const enter = (by: number) => (event: DragEvent) => {
    event.preventDefault();
    depth.current += by;
    setOver(depth.current > 0);
  };
  return {
    over,
    handlers: {
      onDragEnter: enter(1),
      onDragLeave: enter(-1),
      onDragOver: (event: DragEvent) => event.preventDefault(),
      onDrop: (event: DragEvent) => {
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file !== undefined) onFile(file);
      },
    },
  };
};

type FileButtonProps = {
  readonly label: string;
  readonly accept: string;
  readonly onFile: (file: File) => void;
};

/** A button that lets the person choose one file. */
export const FileButton = ({ label, accept, onFile }: FileButtonProps) => {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button leftSection={<IconFolderOpen size={16} aria-hidden="true" />} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file !== undefined) onFile(file);
          // The same file may be chosen again after it was changed.
          event.currentTarget.value = "";
        }}
      />
    </>
  );
};
