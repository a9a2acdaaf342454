import { createFormErrors, type FormErrors, type Path } from './errors.ts';

export type Form = Record<string, unknown>;

/** Questions to a request body; what is wrong is collected in `errors` in Discord's words. */
export function createFormReader(errors: FormErrors = createFormErrors()) {
  const required = (path: Path) => errors.add(path, 'BASE_TYPE_REQUIRED', 'This field is required');
  return {
    errors,
    required,
    /** A text of min to max UTF-16 units. Null and absent count as missing. */
    text(value: unknown, path: Path, min: number, max: number, needed = false): void {
      if (value === undefined || value === null) {
        if (needed) required(path);
        return;
      }
      if (typeof value !== 'string') {
        errors.add(path, 'STRING_TYPE_CONVERT', 'Could not interpret value as string.');
      } else if (value.length === 0 && min > 0) {
        required(path);
      } else if (value.length < min || value.length > max) {
        const message =
          min > 0 ? `Must be between ${min} and ${max} in length.` : `Must be ${max} or fewer in length.`;
        errors.add(path, min > 0 ? 'BASE_TYPE_BAD_LENGTH' : 'BASE_TYPE_MAX_LENGTH', message);
      }
    },
    list(value: unknown, path: Path, min: number, max: number): void {
      const length = Array.isArray(value) ? value.length : 0;
      if (length < min || length > max) {
        errors.add(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
      }
    },
    integer(value: unknown, path: Path, min: number, max: number): void {
      if (value === undefined || value === null) return;
      if (!Number.isInteger(value)) {
        errors.add(path, 'NUMBER_TYPE_COERCE', 'Value is not int.');
      } else if ((value as number) < min) {
        errors.add(path, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${min}.`);
      } else if ((value as number) > max) {
        errors.add(path, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
      }
    },
    oneOf(value: unknown, path: Path, choices: readonly unknown[]): void {
      if (choices.includes(value)) return;
      errors.add(path, 'BASE_TYPE_CHOICES', `Value must be one of {${choices.join(', ')}}.`);
    },
  };
}

export type FormReader = ReturnType<typeof createFormReader>;

export function isForm(value: unknown): value is Form {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A body that must be an object. */
export function asForm(body: unknown): Form {
  return isForm(body) ? body : {};
}
