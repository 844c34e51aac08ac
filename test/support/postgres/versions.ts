/** The oldest and the newest version that the suite tests; each is a development dependency of the project. */
export const POSTGRES_VERSIONS = [14, 18] as const;

export type PostgresVersion = (typeof POSTGRES_VERSIONS)[number];
