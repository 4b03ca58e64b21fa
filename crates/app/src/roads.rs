//! Whom drive times are asked of; ferries that may be counted on; what PAMs' own trips say of the times.

use async_recursion::async_recursion as boxed;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use spelplan_adapters::roads::{Patience, fingerprint, measure};
use spelplan_facts::{
    Day, DriveFactor, DriveNote, DriveSource, Facts, Fallback, Ferry, LearnedSlack, Measured, Minutes, Point, Roads,
    Share, Spot,
};
use spelplan_store::DriveCounts;

use crate::access::Actor;
use crate::{App, AppError, ErrorKind, clock};

mod trips;

pub use trips::{TripsRead, WrongTrip};

/// Most pairs that are asked for at once; a service on the same machine answers so many in minutes.
const MOST_PAIRS: usize = 2_000_000;
/// The share of drives that should end in time, for which slack is learned.
const IN_TIME: Share = Share(0.8);
/// Partners whose drive from home is tried when somebody asks whether the roads answer.
const TRIED: usize = 5;

/// Whom somebody wants drive times to be asked of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoadsChoice {
    /// Nobody: estimate by distance.
    Estimate,
    /// An OSRM service.
    Osrm(String),
    /// A Valhalla service.
    Valhalla(String),
    /// An OpenStreetMap extract (`.osm.pbf`) on this machine.
    Map(PathBuf),
}

/// What is decided about drive times, and what has come of it.
#[derive(Debug, Clone, PartialEq)]
pub struct RoadsPage {
    /// Whom they are asked of.
    pub roads: Roads,
    /// What is known already.
    pub counts: DriveCounts,
    /// Ferries that may be counted on.
    pub ferries: Vec<Ferry>,
    /// What trips say, with the PAM's name.
    pub factors: Vec<(String, DriveFactor)>,
    /// Slack kept on every drive.
    pub kept_slack: Share,
    /// The slack that logged trips speak for; `None` while they are few.
    pub learned_slack: Option<LearnedSlack>,
}

/// A few drives, asked for and estimated.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// Whom they were asked of.
    pub roads: Roads,
    /// From where to where, with what was measured and what the estimate is, both without slack, in minutes.
    pub drives: Vec<TriedDrive>,
    /// What went wrong, by reason.
    pub missed: Vec<(Fallback, usize)>,
    /// In the service's own words.
    pub said: Option<String>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct TriedDrive {
    /// Who drives.
    pub pam: String,
    /// To whom.
    pub partner: String,
    /// What was measured, if it was.
    pub measured: Option<Measured>,
    /// The estimate; `None` across water.
    pub estimated: Option<Minutes>,
}

impl App {
    /// What is decided about drive times.
    #[boxed]
    pub async fn roads(&self, _actor: &Actor) -> Result<RoadsPage, AppError> {
        let settings = self.store.settings().await?;
        let facts = self.snapshot().await?;
        let name = |factor: &DriveFactor| {
            let pam = facts.facts.pam(factor.pam);
            (pam.map(|pam| pam.name.clone()).unwrap_or_default(), *factor)
        };
        let trips = self.store.logged_trips().await?;
        Ok(RoadsPage {
            kept_slack: settings.drive_slack,
            learned_slack: spelplan_field::learned_slack(&facts.facts, &trips, IN_TIME),
            counts: self.store.drive_counts(settings.roads.version).await?,
            factors: settings.drive_factors.iter().map(name).collect(),
            roads: settings.roads,
            ferries: settings.ferries,
        })
    }

    /// Decides whom drive times are asked of; `anew` forgets none, but asks everything again from now on.
    #[boxed]
    pub async fn choose_roads(&self, actor: &Actor, choice: RoadsChoice, anew: bool) -> Result<Roads, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let (source, address, made_of) = match choice {
            RoadsChoice::Estimate => (DriveSource::Estimated, String::new(), String::new()),
            RoadsChoice::Osrm(address) => (DriveSource::Osrm, sensible(&address)?, String::new()),
            RoadsChoice::Valhalla(address) => (DriveSource::Valhalla, sensible(&address)?, String::new()),
            RoadsChoice::Map(path) => {
                let path = std::path::absolute(&path).unwrap_or(path);
                let looked = path.clone();
                let made_of = tokio::task::spawn_blocking(move || fingerprint(&looked)).await;
                let made_of =
                    made_of.map_err(|panic| AppError::died(&panic))?.map_err(|cause| no_map(&path, &cause))?;
                (DriveSource::Map, path.to_string_lossy().into_owned(), made_of)
            }
        };
        Ok(self.store.decide_roads((source, &address, &made_of), anew, &clock::now()).await?)
    }

    /// Asks the roads for a few drives between PAMs' homes and their partners, and keeps nothing.
    #[boxed]
    pub async fn try_roads(&self, _actor: &Actor) -> Result<Trial, AppError> {
        let snapshot = self.snapshot().await?;
        let facts = &snapshot.facts;
        let roads = facts.settings.roads.clone();
        let ends = facts.partners.iter().filter(|partner| !partner.inactive).filter_map(|partner| {
            let pam = facts.pam(partner.pam?)?;
            Some((pam, pam.home?.point, partner, partner.place?.point))
        });
        let mut ends: Vec<_> = ends.collect();
        // The nearest first: a map of a small country knows them sooner.
        let crow = |from: Point, to: Point| spelplan_atlas::great_circle_km((from.lat, from.lon), (to.lat, to.lon));
        ends.sort_by(|one, other| crow(one.1, one.3).total_cmp(&crow(other.1, other.3)));
        ends.truncate(TRIED);
        if ends.is_empty() {
            return Err(nothing_to_try());
        }
        let wanted: Vec<_> = ends.iter().map(|(_, from, _, to)| (Spot::of(*from), vec![Spot::of(*to)])).collect();
        let answer = measure(&roads, &wanted, Patience::default()).await;
        let found: BTreeMap<(Spot, Spot), Measured> = answer.found.into_iter().collect();
        let bare = spelplan_facts::Settings { drive_slack: spelplan_facts::Share(0.0), ..facts.settings.clone() };
        let drive = |(pam, from, partner, to): &(&spelplan_facts::Pam, _, &spelplan_facts::Partner, _)| TriedDrive {
            pam: pam.name.clone(),
            partner: partner.name.clone(),
            measured: found.get(&(Spot::of(*from), Spot::of(*to))).copied(),
            estimated: spelplan_field::drive::leg(&bare, *from, *to).leg().map(|leg| leg.time),
        };
        Ok(Trial { drives: ends.iter().map(drive).collect(), roads, missed: answer.missed, said: answer.said })
    }

    /// Counts on a ferry; one of the same name is replaced.
    #[boxed]
    pub async fn enter_ferry(&self, actor: &Actor, ferry: Ferry) -> Result<(), AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let on_earth = |point: Point| point.lat.abs() <= 90.0 && point.lon.abs() <= 180.0;
        if !(1..=1440).contains(&ferry.time.0) || !on_earth(ferry.from) || !on_earth(ferry.to) {
            return Err(no_ferry());
        }
        let mut settings = self.store.settings().await?;
        settings.ferries.retain(|known| known.name != ferry.name);
        settings.ferries.push(ferry);
        Ok(self.store.save_settings(&settings).await?)
    }

    /// Counts on that ferry no more; says whether there was one.
    #[boxed]
    pub async fn drop_ferry(&self, actor: &Actor, name: &str) -> Result<bool, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let mut settings = self.store.settings().await?;
        let before = settings.ferries.len();
        settings.ferries.retain(|known| known.name != name);
        if settings.ferries.len() < before {
            self.store.save_settings(&settings).await?;
        }
        Ok(settings.ferries.len() < before)
    }

    /// The facts with every drive that a plan may want, asked for where it is not known, and how that went.
    pub(crate) async fn with_drives(&self, facts: Facts, as_of: Day) -> Result<(Facts, DriveNote), AppError> {
        let roads = facts.settings.roads.clone();
        if roads.source == DriveSource::Estimated {
            return Ok((facts, DriveNote::default()));
        }
        let listed = tokio::task::spawn_blocking(move || {
            let goals = spelplan_focus::open_goals(&facts, as_of);
            let wanted = spelplan_field::wanted_drives(&facts, &goals);
            (facts, wanted)
        });
        let (mut facts, wanted) = listed.await.map_err(|panic| AppError::died(&panic))?;
        let (missing, left) = missing(&facts, &wanted);
        let answer = measure(&roads, &missing, Patience::default()).await;
        if let Some(said) = &answer.said {
            tracing::warn!(address = roads.address, "drive times are estimated: {said}");
        }
        if !answer.found.is_empty() {
            self.store.add_drives(roads.version, &answer.found, clock::today()).await?;
            facts.drives = self.store.drives(&facts.settings).await?;
        }
        let note = note(&facts, &wanted, &answer.missed, left);
        Ok((facts, note))
    }
}

/// What is not known yet, up to a limit, and how many pairs lie beyond it.
fn missing(facts: &Facts, wanted: &[(Spot, Vec<Spot>)]) -> (Vec<(Spot, Vec<Spot>)>, usize) {
    let (mut asked, mut beyond) = (0, 0);
    let mut missing = Vec::new();
    for (from, to) in wanted {
        let mut new: Vec<Spot> = to.iter().copied().filter(|to| facts.drives.between(*from, *to).is_none()).collect();
        let room = MOST_PAIRS - asked;
        beyond += new.len().saturating_sub(room);
        new.truncate(room);
        asked += new.len();
        if !new.is_empty() {
            missing.push((*from, new));
        }
    }
    (missing, beyond)
}

fn note(facts: &Facts, wanted: &[(Spot, Vec<Spot>)], missed: &[(Fallback, usize)], beyond: usize) -> DriveNote {
    let pairs: BTreeSet<(Spot, Spot)> = wanted.iter().flat_map(|(from, to)| to.iter().map(|to| (*from, *to))).collect();
    let unknown = pairs.iter().filter(|(from, to)| facts.drives.between(*from, *to) == Some(Measured::Unknown)).count();
    let mut estimated: BTreeMap<Fallback, usize> =
        missed.iter().copied().filter(|(why, _)| *why != Fallback::NoRoad).collect();
    estimated.insert(Fallback::NoRoad, unknown);
    *estimated.entry(Fallback::TooMany).or_default() += beyond;
    DriveNote {
        source: facts.settings.roads.source,
        pairs: pairs.len(),
        estimated: estimated.into_iter().filter(|(_, count)| *count > 0).collect(),
    }
}

fn sensible(address: &str) -> Result<String, AppError> {
    let address = address.trim().trim_end_matches('/');
    let host = address.strip_prefix("http://").or_else(|| address.strip_prefix("https://"));
    if host.is_some_and(|host| !host.is_empty() && !host.contains(char::is_whitespace)) {
        return Ok(address.to_owned());
    }
    let en = format!("`{address}` is no address of a map service. Write it like http://localhost:5000");
    let sv = format!("`{address}` är ingen adress till en karttjänst. Skriv den som http://localhost:5000");
    Err(AppError::own("A180", ErrorKind::Refused, en, sv))
}

fn no_map(path: &std::path::Path, cause: &str) -> AppError {
    let path = path.display();
    let en = format!("the map {path} cannot be read: {cause}. Give an OpenStreetMap extract that ends in .osm.pbf");
    let sv = format!("kartan {path} går inte att läsa: {cause}. Ge ett OpenStreetMap-utdrag som slutar på .osm.pbf");
    AppError::own("A181", ErrorKind::Refused, en, sv)
}

fn nothing_to_try() -> AppError {
    let en = "there is no drive to try: no PAM with a home has a partner with a place. Import partners and PAMs first";
    let sv = "det finns ingen körning att pröva: ingen PAM med startplats har en partner med plats. Importera partner och PAM:ar först";
    AppError::own("A182", ErrorKind::Refused, en, sv)
}

fn no_ferry() -> AppError {
    let en = "a ferry needs two ports on the map and a time between 1 and 1440 minutes. Check the numbers";
    let sv = "en färja behöver två hamnar på kartan och en tid mellan 1 och 1440 minuter. Se över siffrorna";
    AppError::own("A163", ErrorKind::Refused, en, sv)
}
