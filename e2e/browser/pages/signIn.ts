import type { Page } from '@playwright/test';
import { runningPortal } from '../portal/runningPortal';

/** Who can be entered as in the demo. */
export type DemoPerson = 'Ada' | 'Grace' | 'Henry' | 'Iris';

/** Enters the portal by the card of a demo user, as at the very first visit. */
export async function signIn(page: Page, title: DemoPerson) {
  await page.goto(runningPortal().address);
  await page.getByRole('button', { name: `Enter as ${title}` }).click();
  await page
    // The catalog begins with what one owns.
    .getByRole('link', { name: /^(colors|checkout)$/ })
    .first()
    .waitFor();
}
