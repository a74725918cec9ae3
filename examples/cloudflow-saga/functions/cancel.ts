/** Undoes a reservation; to cancel what is cancelled already changes nothing. */
export async function handler({ confirmation }: { readonly confirmation: string }) {
  console.log(`${confirmation}: cancelled`);
  return { cancelled: confirmation };
}
