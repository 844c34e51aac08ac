import { NumberInput } from '@mantine/core';
import { useEffect, useState } from 'react';

interface AmountInputProps {
  readonly label: string;
  readonly value: number;
  readonly step: number;
  readonly max: number;
  /** Digits after the decimal point. */
  readonly decimals: number;
  /** Told of each amount above 0 that is typed or stepped to. */
  readonly onChange: (amount: number) => void;
}

/** An amount above 0. What is half typed (`0.`) stays as it is and changes nothing. */
export function AmountInput({ label, value, step, max, decimals, onChange }: AmountInputProps) {
  const [typed, setTyped] = useState<number | string>(value);
  useEffect(() => setTyped(value), [value]);
  return (
    <NumberInput
      label={label}
      min={0}
      max={max}
      step={step}
      decimalScale={decimals}
      allowDecimal={decimals > 0}
      allowNegative={false}
      value={typed}
      onChange={(next) => {
        setTyped(next);
        if (typeof next === 'number' && next > 0 && next !== value) onChange(next);
      }}
      onBlur={() => setTyped(value)}
    />
  );
}
