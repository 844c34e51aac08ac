/** To eight digits: engines differ in later ones. Null stays null. */
export const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(8)));

/** To the cent. */
export const cents = (value: number | null): string | null => (value === null ? null : value.toFixed(2));
