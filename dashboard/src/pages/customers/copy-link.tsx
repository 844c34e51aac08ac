import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';

/** Copies the address of the page as it is. */
export function CopyLink() {
  const { copy, copied, error } = useClipboard({ timeout: 2_000 });
  return (
    <Button size="xs" variant="default" onClick={() => copy(location.href)} aria-live="polite">
      {copied ? 'Copied' : error === null ? 'Copy link' : 'Copy it from the address bar'}
    </Button>
  );
}
