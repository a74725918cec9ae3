/** Sends two encrypted invoices, of which one is too high: `node examples/transfer-invoices/main.ts` against a running server. */
