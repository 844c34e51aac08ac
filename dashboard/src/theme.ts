import { type CSSVariablesResolver, createTheme } from '@mantine/core';

/** Darker and lighter shades than usual: text on and in colours has a contrast of 4.5 to 1 at least (WCAG 2.2 AA). */
export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  headings: { fontWeight: '600' },
  cursorType: 'pointer',
  respectReducedMotion: true,
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': '#566273', '--mantine-color-anchor': '#0b57a8', '--app-soft': '#f4f6f9' },
  dark: { '--mantine-color-dimmed': '#a9b5c4', '--mantine-color-anchor': '#8fc1ff', '--app-soft': '#1b1f26' },
});
