/**
 * `act`: do it; `ask`: ask those whose approval it needs; `emergency`: do it
 * past what locks it.
 */
export type ActionMode = 'act' | 'ask' | 'emergency';
