import { Button, Code, CopyButton, Group, Text } from '@mantine/core';
import { Fragment } from 'react';
import classes from './campaigns.module.css';

/** A command to be copied, and what it does. */
export function Command({ children, command }: { readonly children: string; readonly command: string }) {
  return (
    <div className={classes.command}>
      <Text size="sm">{children}</Text>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Code block className={classes.code} tabIndex={0} aria-label={`Command: ${children}`}>
          {command.split(' ').map((word, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: words have no other name, and no state
            <Fragment key={index}>
              {index > 0 && ' '}
              <span className={classes.shellWord}>{word}</span>
            </Fragment>
          ))}
        </Code>
        <CopyButton value={command}>
          {({ copied, copy }) => (
            <Button
              size="compact-sm"
              variant="default"
              className="screen-only"
              onClick={copy}
              aria-label={`Copy the command: ${children}`}
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </Group>
    </div>
  );
}
