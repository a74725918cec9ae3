/** The vendor's client has no types of its own. */
declare module '@alicloud/fnf-2019-03-15' {
  interface Configuration {
    readonly endpoint: string;
    readonly accessKeyId: string;
    readonly accessKeySecret: string;
    readonly securityToken?: string;
  }
  type Call = (
    parameters: Readonly<Record<string, unknown>>,
    options?: { timeout?: number },
  ) => Promise<Record<string, unknown>>;
  class Client {
    constructor(configuration: Configuration);
    createFlow: Call;
    deleteFlow: Call;
    describeExecution: Call;
    startExecution: Call;
  }
  export = Client;
}
