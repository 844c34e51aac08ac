import { Alert } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

/** Says that what is shown has just become newer. */
export function SnapshotNews({ snapshot }: { readonly snapshot: string | undefined }) {
  const before = useRef(snapshot);
  const [isNew, setIsNew] = useState(false);
  useEffect(() => {
    if (before.current !== undefined && snapshot !== undefined && before.current !== snapshot) setIsNew(true);
    before.current = snapshot;
  }, [snapshot]);
  return (
    <div role="status">
      {isNew && (
        <Alert
          color="blue"
          mb="md"
          title="New data"
          withCloseButton
          closeButtonLabel="Close"
          onClose={() => setIsNew(false)}
        >
          A run has published new figures; this page shows them now.
        </Alert>
      )}
    </div>
  );
}
