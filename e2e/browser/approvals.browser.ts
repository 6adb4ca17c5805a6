import { expect, test, type Browser, type Page } from '@playwright/test';
import { RolloutPage } from './pages/RolloutPage';
import { signIn, type DemoPerson } from './pages/signIn';

/** Somebody at a computer of their own, on the tab of checkout. */
async function at(browser: Browser, person: DemoPerson) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, person);
  const checkout = new RolloutPage(page, 'checkout');
  await checkout.openTab();
  return { page, checkout, leave: () => context.close() };
}

async function approve(page: Page, { actions }: RolloutPage) {
  await actions.getByRole('button', { name: /^Approve: Promote/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(dialog).toBeHidden();
}

test('two of the team approve, and the canary goes on once', async ({
  browser,
}, info) => {
  const picture = (name: string) => ({
    path: info.outputPath(`${name}.png`),
    fullPage: true,
  });

  await test.step('who does not belong to the team cannot go on', async () => {
    const { page, checkout, leave } = await at(browser, 'Ada');
    await checkout.expectPhase('Paused');
    await expect(
      checkout.actions.getByRole('button', { name: /^Approve/ }),
    ).toBeHidden();
    await page.screenshot(picture('stranger'));
    await leave();
  });

  await test.step('the first approval is not enough', async () => {
    const { page, checkout, leave } = await at(browser, 'Henry');
    await page.screenshot(picture('asked'));
    await approve(page, checkout);
    await expect(page.getByText(/1 of 2 approvals/).first()).toBeVisible();
    await checkout.expectPhase('Paused');
    await page.screenshot(picture('partly'));
    await leave();
  });

  await test.step('the second one carries it out, and the history says who decided', async () => {
    const { page, checkout, leave } = await at(browser, 'Iris');
    await approve(page, checkout);
    await checkout.expectPhase('Healthy', 120_000);
    await page.screenshot(picture('carried-out'));
    await page.getByRole('tab', { name: 'History' }).click();
    const history = page.getByRole('tabpanel', { name: 'History' });
    await history
      .getByRole('button', { name: /from .+ to / })
      .first()
      .click();
    for (const person of ['grace', 'henry', 'iris']) {
      await expect(
        history.getByText(new RegExp(person, 'i')).first(),
      ).toBeVisible();
    }
    await page.screenshot(picture('history'));
    await leave();
  });
});
