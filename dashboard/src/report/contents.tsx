import { Anchor, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import classes from './report.module.css';
import type { Section } from './sections.ts';

/** The table of contents that stays in sight; says where the reader is. */
export function Contents({ sections }: { readonly sections: readonly Section[] }) {
  const current = useCurrentSection(sections);
  return (
    <nav className={classes.contents} aria-label="Contents">
      <Text size="sm" fw={600} className={classes.contentsTitle}>
        Contents
      </Text>
      <ul className={classes.links}>
        {sections.map(({ anchor, title }) => (
          <li key={anchor}>
            <Anchor
              href={`#${anchor}`}
              size="sm"
              className={classes.link}
              aria-current={anchor === current ? 'location' : undefined}
            >
              {title}
            </Anchor>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The section that reaches into the upper third of the window. */
function useCurrentSection(sections: readonly Section[]): string | undefined {
  const [current, setCurrent] = useState<string>();
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        const entered = entries.find(({ isIntersecting }) => isIntersecting);
        if (entered !== undefined) setCurrent(entered.target.id);
      },
      { rootMargin: '-20% 0px -70% 0px' },
    );
    for (const { anchor } of sections) {
      const element = document.getElementById(anchor);
      if (element !== null) observer.observe(element);
    }
    return () => observer.disconnect();
  }, [sections]);
  return current;
}
