import { RequestError } from './request-error.ts';
import type { Params, Source } from './source.ts';

/** Figures from the server that this page came from. */
export const httpSource: Source = {
  isOffline: false,
  snapshot: (signal) => request('/api/snapshot', signal),
  ask: (name, params, signal) => request(address(`/api/${name}`, params), signal),
  customer: (id, signal) => request(address('/api/customer', { id }), signal),
  csvAddress: (path, params) => address(`/api/${path}.csv`, params),
};

function address(path: string, params: Params): string {
  const given = Object.entries(params).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

async function request<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, { ...(signal === undefined ? {} : { signal }) }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new RequestError(0, 'unreachable', 'the server does not answer', [
      'start it again: marketing-pipeline serve, and open the address that it prints',
    ]);
  });
  if (!response.ok) throw await errorOf(response);
  return response.json();
}

interface ErrorBody {
  readonly error?: {
    readonly code?: string;
    readonly message?: string;
    readonly remedy?: readonly string[];
    readonly similarIds?: readonly string[];
  };
}

async function errorOf(response: Response): Promise<RequestError> {
  const { error = {} }: ErrorBody = await response.json().catch(() => ({}));
  const { code = 'internal', message = `the server answered ${response.status}`, remedy = [], similarIds } = error;
  return new RequestError(response.status, code, message, remedy, similarIds);
}
