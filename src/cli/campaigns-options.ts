import { Option } from 'commander';
import { UsageError } from '../errors.ts';

/** Amounts of a budget from the command line. */
export interface BudgetFlags {
  readonly budget?: number;
  readonly costPerContact?: number;
}

/** `--budget` and `--cost-per-contact`, in the currency of the data. */
export function budgetOptions(): Option[] {
  return [
    new Option('--budget <amount>', 'money for contacts, in the currency of the data').argParser(amount('--budget')),
    new Option(
      '--cost-per-contact <amount>',
      'what message and offer cost for one customer; may be a part of a cent',
    ).argParser(amount('--cost-per-contact')),
  ];
}

function amount(name: string): (text: string) => number {
  return (text) => {
    if (/^\d{1,15}(\.\d{1,6})?$/.test(text) && Number(text) > 0) return Number(text);
    throw new UsageError(`"${text}" is not an amount for ${name}`, {
      remedy: 'an amount above 0, such as 500 or 0.25',
    });
  };
}
