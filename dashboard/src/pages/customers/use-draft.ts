import { useEffect, useEffectEvent, useRef, useState } from 'react';

/** The text of a field that is sent when typing pauses, and follows `value` when that changes by itself. */
export function useDraft(value: string, send: (value: string) => void, pauseMs = 250) {
  const [draft, setDraft] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setDraft(value);
  }, [value]);
  const sendDraft = useEffectEvent(() => {
    sent.current = draft;
    send(draft);
  });
  useEffect(() => {
    if (draft === sent.current) return;
    const timer = setTimeout(() => sendDraft(), pauseMs);
    return () => clearTimeout(timer);
  }, [draft, pauseMs]);
  return [draft, setDraft] as const;
}
