import { z } from 'zod/v4';
import {
  entityRefsSchema,
  selectorSchema,
} from '../../selection/selectorSchema';

const text = (most: number) => z.string().trim().min(1).max(most);

const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'write a day as 2026-12-24');

/** A freeze window as people write it, in the configuration and through the API. */
export const freezeSchema = z.strictObject({
  name: text(120),
  reason: text(2_000),
  timeZone: text(64),
  start: text(32),
  end: text(32).optional(),
  duration: text(32).optional(),
  recurrence: text(512).optional(),
  hold: z.boolean().optional(),
  emergency: z.boolean().optional(),
  scope: selectorSchema.optional(),
  except: z
    .strictObject({
      dates: z.array(date).max(366).optional(),
      entities: entityRefsSchema('component').optional(),
    })
    .optional(),
});

export type WrittenFreeze = z.output<typeof freezeSchema>;
