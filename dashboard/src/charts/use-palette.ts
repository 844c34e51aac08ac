import { useComputedColorScheme } from '@mantine/core';
import { DARK, LIGHT, type Palette } from './palette.ts';

/** The colours of charts in the colour scheme of the page. */
export function usePalette(): Palette {
  return useComputedColorScheme('light') === 'dark' ? DARK : LIGHT;
}
