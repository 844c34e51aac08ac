/** Full names and usual abbreviations, January first, alternatives by `|`; accents are optional, see below. */
const NAMES: Readonly<Record<string, string>> = {
  en: 'january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep october|oct november|nov december|dec',
  de: 'januar|jän|jänner|jan februar|feb|feber märz|mrz|mär|maerz april|apr mai juni|jun juli|jul august|aug september|sept|sep oktober|okt november|nov dezember|dez',
  fr: 'janvier|janv|jan février|févr|fév mars|mar avril|avr mai juin juillet|juil août|aoû septembre|sept|sep octobre|oct novembre|nov décembre|déc',
  es: 'enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago septiembre|setiembre|sept|sep|set octubre|oct noviembre|nov diciembre|dic',
  it: 'gennaio|gen febbraio|feb marzo|mar aprile|apr maggio|mag giugno|giu luglio|lug agosto|ago settembre|sett|set ottobre|ott novembre|nov dicembre|dic',
  nl: 'januari|jan februari|feb maart|mrt april|apr mei juni|jun juli|jul augustus|aug september|sept|sep oktober|okt november|nov december|dec',
  pt: 'janeiro|jan fevereiro|fev março|mar abril|abr maio|mai junho|jun julho|jul agosto|ago setembro|set outubro|out novembro|nov dezembro|dez',
  sv: 'januari|jan februari|feb mars|mar april|apr maj juni|jun juli|jul augusti|aug september|sept|sep oktober|okt november|nov december|dec',
  da: 'januar|jan februar|feb marts|mar april|apr maj juni|jun juli|jul august|aug september|sept|sep oktober|okt november|nov december|dec',
  pl: 'styczeń|stycznia|sty luty|lutego|lut marzec|marca|mar kwiecień|kwietnia|kwi maj|maja czerwiec|czerwca|cze lipiec|lipca|lip sierpień|sierpnia|sie wrzesień|września|wrz październik|października|paź listopad|listopada|lis grudzień|grudnia|gru',
};

/** Every month name with the months (1-12) that it stands for; more than one would be a mistake in the table. */
export function monthNameTable(): Map<string, Set<number>> {
  const table = new Map<string, Set<number>>();
  for (const names of Object.values(NAMES)) {
    names.split(' ').forEach((alternatives, index) => {
      for (const name of alternatives.split('|')) {
        for (const spelling of [name, withoutAccents(name)]) {
          table.set(spelling, (table.get(spelling) ?? new Set<number>()).add(index + 1));
        }
      }
    });
  }
  return table;
}

function withoutAccents(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '');
}

const MONTH_BY_NAME: ReadonlyMap<string, number> = new Map(
  [...monthNameTable()].map(([name, months]) => [name, Math.min(...months)]),
);

/**
 * The month (1-12) of a name in English, German, French, Spanish, Italian, Dutch, Portuguese, Swedish, Danish or
 * Polish, full or abbreviated, in any case, without its dot; undefined for anything else.
 */
export function monthOfName(name: string): number | undefined {
  const lower = name.toLowerCase();
  return MONTH_BY_NAME.get(lower) ?? MONTH_BY_NAME.get(lower.normalize('NFC'));
}
