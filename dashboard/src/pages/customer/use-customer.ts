import { useQuery } from '@tanstack/react-query';
import { useSource } from '../../api/source-context.tsx';

/** All that is known and foreseen of one customer. */
export function useCustomer(id: string) {
  const { source, snapshot } = useSource();
  return useQuery({
    queryKey: [snapshot.snapshot, 'customer', id],
    queryFn: ({ signal }) => source.customer(id, signal),
    enabled: id !== '',
  });
}
