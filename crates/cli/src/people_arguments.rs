//! What can be said of people on the command line.

use clap::{Args, Subcommand};

use crate::arguments::Database;
pub use crate::provider_arguments::ProviderArguments;

/// `spelplan people`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan people invite eva@company.example --name 'Eva Ek' --role manager --db spelplan.db
  spelplan people invite leo@company.example --name 'Leo Lund' --role pam --pam PAM-3 --db spelplan.db
  spelplan people reset eva@company.example --db spelplan.db
  spelplan people list --db spelplan.db
  spelplan people export eva@company.example --db spelplan.db
  spelplan people erase --contact 'Bo Berg' --partner 4711 --db spelplan.db
  spelplan people retention --db spelplan.db

Whoever can run this on the database's file may do everything: nobody is ever locked out for good.")]
pub struct PeopleArguments {
    /// What to do
    #[command(subcommand)]
    pub deed: PeopleDeed,
}

/// What can be done with people.
#[derive(Debug, Subcommand)]
pub enum PeopleDeed {
    /// Who may sign in, and as what
    List(PeopleListArguments),
    /// Add somebody, and print the link with which they choose a password
    Invite(InviteArguments),
    /// Print a new link for somebody who lost their password; one-time codes are switched off
    Reset(PersonArguments),
    /// Let somebody in no longer
    End(PersonArguments),
    /// Let somebody in again
    Restore(PersonArguments),
    /// Print everything that is kept about a person, or about a contact at a partner
    Export(SubjectArguments),
    /// Take somebody's personal data away, for good; says first what goes and what stays
    Erase(EraseArguments),
    /// For how long things are kept; counts what is older, and takes it away with --run
    Retention(RetentionArguments),
}

/// `spelplan people list`
#[derive(Debug, Args)]
pub struct PeopleListArguments {
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// `spelplan people invite`
#[derive(Debug, Args)]
pub struct InviteArguments {
    /// E-mail address to sign in with; no mail is sent
    #[arg(value_name = "EMAIL")]
    pub email: String,
    /// Name
    #[arg(long)]
    pub name: String,
    /// pam, manager, finance, admin, contact
    #[arg(long, value_parser = ["pam", "manager", "finance", "admin", "contact"])]
    pub role: String,
    /// Number or name of the PAM they are
    #[arg(long, value_name = "PAM", required_if_eq("role", "pam"))]
    pub pam: Option<String>,
    /// Number or name of the partner whose contact they are
    #[arg(long, value_name = "PARTNER", required_if_eq("role", "contact"))]
    pub partner: Option<String>,
    /// Where people reach the pages
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8787")]
    pub address: String,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// `spelplan people reset`, `end`, `restore`
#[derive(Debug, Args)]
pub struct PersonArguments {
    /// E-mail address of the person
    #[arg(value_name = "EMAIL")]
    pub email: String,
    /// Where people reach the pages
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8787")]
    pub address: String,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// Whom personal data are about.
#[derive(Debug, Args)]
pub struct SubjectArguments {
    /// E-mail address of a person who signs in
    #[arg(value_name = "EMAIL", required_unless_present = "contact")]
    pub email: Option<String>,
    /// Name, address or number of a contact at a partner
    #[arg(long, value_name = "CONTACT", requires = "partner", conflicts_with = "email")]
    pub contact: Option<String>,
    /// Number or name of the contact's partner
    #[arg(long, value_name = "PARTNER")]
    pub partner: Option<String>,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
}

/// `spelplan people erase`
#[derive(Debug, Args)]
pub struct EraseArguments {
    /// Whom
    #[command(flatten)]
    pub subject: SubjectArguments,
    /// Do it; without this only what would go and what would stay is told
    #[arg(long)]
    pub yes: bool,
}

/// `spelplan people retention`
#[derive(Debug, Args)]
pub struct RetentionArguments {
    /// Keep a kind for so many days
    #[arg(long, value_name = "KIND=DAYS")]
    pub keep: Vec<String>,
    /// Take away what is older; without this it is only counted
    #[arg(long)]
    pub run: bool,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// `spelplan audit`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  spelplan audit --db spelplan.db
  spelplan audit --verify --db spelplan.db

The log only grows. Keep the digest that --verify prints somewhere else: with --expect it tells later whether
rows up to it were rewritten.")]
pub struct AuditArguments {
    /// Show those before this row
    #[arg(long, value_name = "ROW")]
    pub before: Option<i64>,
    /// Follow the chain from the first row to the last; exit code 4 where it breaks
    #[arg(long)]
    pub verify: bool,
    /// Digest that one of the rows must have
    #[arg(long, value_name = "DIGEST")]
    pub expect: Option<String>,
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}
